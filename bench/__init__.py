"""How fast and how big, as ratios to peers and limits that are measured beside us in the same run.

Absolute times do not hold from machine to machine, so each figure is taken in turns with its peer, on one private
PostgreSQL and RabbitMQ, and reported as the median of the ratios with the least and the greatest. It is a measurement and
never a test: a figure below its floor is said in the table, and the exit status stays 0.
"""

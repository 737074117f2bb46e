"""Never lose, never double: services in processes of their own, and everything that can befall them."""

"""What a schedule is made of. A step is a tuple of plain values, so that a trace is a list of them and can be run again.

Each function does one kind of step in a world, and returns False where there is nothing to do it to; then the step is left
out, so a trace from which steps were taken is still one. To add a step, add a function here, and what draws it in `schedule`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import DBAPIError

from chassis.broker.rpc_client import RPC_EXCHANGE
from contracts.events import exchange, queue
from tests.simulation import forgery, subscriber
from tests.simulation.owner import Owner
from tests.simulation.subscriber import Subscriber
from tests.simulation.world import World

Step = tuple[Any, ...]


def run(world: World, name: str, which: int, times: int) -> bool:
    """The thread goes on, at most `times` points further."""
    same = [task for task in world.scheduler.tasks if task.name == name]
    if which >= len(same):
        return False
    task, done = same[which], False
    for _ in range(times):
        if task.greenlet.dead or not task.is_ready(world.scheduler.now) or world.violation:
            break
        world.scheduler.run(task)
        done = True
    world.say(f"    {name} is at {'its end' if task.greenlet.dead else task.at}")
    return done


def take(world: World, name: str, which: int, frames: int) -> bool:
    """What a connection has sent arrives at the broker."""
    wire = _wire(world, name, which)
    if wire is None or not wire.outgoing:
        return False
    world.broker.take(wire, frames)
    return True


def deliver(world: World, name: str, messages: int) -> bool:
    """A queue hands out messages."""
    found = world.broker.queues.get(name)
    if found is None or found.next_consumer() is None:
        return False
    world.broker.deliver(found, messages)
    return True


def time(world: World, seconds: float) -> bool:
    """Time passes."""
    world.scheduler.now += seconds
    world.broker.hang_up_on_the_silent()
    return True


def command(world: World, name: str, step: str, number: int, word: int) -> bool:
    """A client sends a command to a process of an owner."""
    part = world.parts.get(name)
    if not isinstance(part, Owner) or not part.process.alive:
        return False

    def client() -> None:
        try:
            done = part.command(step, number, part.kind.words[word % len(part.kind.words)])
        except (DBAPIError, LookupError):
            return
        world.scheduler.stand("client.answer")
        world.accepted[part.kind.service].update(dict.fromkeys(done))

    world.scheduler.spawn(part.process, "client", client)
    return True


def crash(world: World, name: str, arriving: int) -> bool:
    """A process dies where it stands."""
    if name not in world.processes or not world.processes[name].alive:
        return False
    world.crash(name, arriving)
    return True


def stop(world: World, name: str) -> bool:
    """A process is asked to stop."""
    if name not in world.processes or not world.processes[name].alive:
        return False
    world.stop(name)
    return True


def start(world: World, name: str) -> bool:
    """A process that died is started again."""
    if name not in world.processes or world.processes[name].alive:
        return False
    world.start(name)
    return True


def cut(world: World, name: str, which: int, arriving: int) -> bool:
    """A connection breaks; of what was sent over it, the first frames still came."""
    wire = _wire(world, name, which)
    if wire is None:
        return False
    world.broker.cut(wire, arriving)
    return True


def silence(world: World, name: str, which: int) -> bool:
    """A connection carries nothing any more, and nobody is told."""
    wire = _wire(world, name, which)
    if wire is None or wire.silent_since is not None:
        return False
    wire.silent_since = world.scheduler.now
    return True


def lose_confirms(world: World, name: str, which: int, number: int) -> bool:
    """The broker takes the next messages, and its confirms are lost."""
    wire = _wire(world, name, which)
    if wire is None or not wire.confirming:
        return False
    wire.lose_confirms += number
    return True


def broker(world: World, what: str) -> bool:
    """The broker goes away, comes back, is started again or is wiped."""
    if what == "up":
        changed, world.broker.up = not world.broker.up, True
        return changed
    if not world.broker.up:
        return False
    if what == "down":
        world.broker.restart()
        world.broker.up = False
    elif what == "wipe":
        world.broker.wipe()
    else:
        world.broker.restart()
    return True


def messages(world: World, source: str, what: str, number: int) -> bool:
    """Messages of the subscriber's queue are lost, doubled or turned round, or all of it is."""
    found = world.broker.queues.get(queue(subscriber.NAME, source))
    if found is None:
        return False
    if not found.waiting:
        return False
    if what == "dropHead":
        for _ in range(min(number, len(found.waiting))):
            found.waiting.popleft()
    elif what == "dropTail":
        for _ in range(min(number, len(found.waiting))):
            found.waiting.pop()
    elif what == "double":
        again = found.waiting[number % len(found.waiting)]
        found.waiting.append(world.broker.again(again))
    elif what == "turn":
        found.waiting = deque(reversed(found.waiting))
    else:
        found.waiting.rotate(number)
    return True


def delete(world: World, what: str, source: str) -> bool:
    """Somebody deletes at the broker what belongs to it: an exchange, a binding, or a queue."""
    broker = world.broker
    if what == "exchange":
        broker.delete_exchange(exchange(source))
    elif what == "calls":
        broker.delete_exchange(RPC_EXCHANGE)
    elif what == "binding":
        broker.bindings = {
            each: None for each in broker.bindings if each[1] != queue(subscriber.NAME, source)
        }
    else:
        broker.delete_queue(queue(subscriber.NAME, source) if what == "queue" else f"rpc-{source}")
    return True


def forge(world: World, source: str, what: str, number: int) -> bool:
    """Somebody who holds the owner's broker password publishes something."""
    if exchange(source) not in world.broker.exchanges:
        return False
    forged = forgery.make(world, source, what, number)
    if forged is None:
        return False
    key, body = forged
    world.broker.publish(exchange(source), key, body, {"message_id": f"forged-{number}"})
    return True


def backup(world: World) -> bool:
    """Copies of all databases are made."""
    if not all(storage.is_free for storage in world.databases.values()):
        return False
    world.copies.append(world.copy())
    return True


def put_back(world: World, what: str, which: int) -> bool:
    """A backup is restored, whole or of one owner, or an older copy of one database is put back under it."""
    if not world.copies:
        return False
    copy = world.copies[which % len(world.copies)]
    kind, _, service = what.partition(":")
    if kind == "restore":
        world.restore_all(copy)
    elif kind == "restoreOwner":
        world.causes[service]["epoch"] = None
        world.restore_owner(copy, service)
    else:
        if service in world.causes:
            world.causes[service]["fork"] = None
            if copy.epochs[service] != world.epoch(service):
                world.causes[service]["epoch"] = None
        world.put_back(copy, service)
    return True


def clock(world: World, name: str, seconds: float) -> bool:
    """The wall clock of a process, or of the databases, jumps."""
    if name == "databases":
        world.database_offset += seconds
    elif name in world.processes:
        world.processes[name].offset += seconds
    return True


def breaks(world: World, service: str, how: str) -> bool:
    """The next transaction fails: at its begin, at its commit, or with its outcome untold."""
    world.databases[service].breaks = how
    return True


def operate(world: World, name: str, what: str, source: str, number: int) -> bool:
    """Somebody asks for a rebuild, tries dead letters again, or drops one."""
    part = world.parts.get(name)
    if not isinstance(part, Subscriber) or not part.process.alive:
        return False
    consumer = part.consumers[source]

    def operator() -> None:
        try:
            if what == "rebuild":
                consumer.request_rebuild()
            elif what == "retry":
                consumer.retry(None)
            else:
                part.drop(number)
        except DBAPIError:
            return

    world.scheduler.spawn(part.process, "operator", operator)
    return True


def defect(world: World, source: str, word: int) -> bool:
    """A release with a defect is put into use, or the mended one after it."""
    part = world.parts[f"{source}-1"]
    assert isinstance(part, Owner), "it is an owner's"
    key = (source, part.kind.words[word % len(part.kind.words)])
    if key in world.refused:
        del world.refused[key]
    else:
        world.refused[key] = None
    return True


def _wire(world: World, name: str, which: int) -> Any:
    same = [wire for wire in world.broker.wires if wire.name == name]
    return same[which] if which < len(same) else None


STEPS: dict[str, Callable[..., bool]] = {
    each.__name__: each
    for each in (
        run, take, deliver, time, command, crash, stop, start, cut, silence, lose_confirms, broker, messages, delete, forge,
        backup, put_back, clock, breaks, operate, defect,
    )
}  # fmt: skip


def do(world: World, step: Step) -> bool:
    """Do this step; whether there was something to do it to."""
    kind, *arguments = step
    world.say(f"{kind} {' '.join(map(str, arguments))}")
    return STEPS[kind](world, *arguments)

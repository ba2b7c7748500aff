"""A D-Bus program as others write one, with python3-dbus, that holds the running daemon to the
contract of org.nbasync.Sync1. contract_test.cpp runs it: bus_contract.py CHECK [ARGUMENT]."""
import re
import sys
import time
import xml.etree.ElementTree as ElementTree

import dbus
import dbus.mainloop.glib
from gi.repository import GLib

dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
MANAGER = "org.nbasync.Sync1.Manager"
ERROR = "org.nbasync.Sync1.Error."
INVALID = "org.freedesktop.DBus.Error.InvalidArgs"
bus = dbus.SessionBus()
daemon = bus.get_object("org.nbasync.Sync1", "/org/nbasync/Sync1")
manager = dbus.Interface(daemon, MANAGER)
properties = dbus.Interface(daemon, "org.freedesktop.DBus.Properties")

STRING, INTEGER, NUMBER = dbus.String, dbus.Int64, dbus.Double
RUN = {"run_id": STRING, "sync_type": STRING, "season": STRING, "status": STRING, "triggered_by": STRING,
       "requested_at": STRING, "started_at": STRING, "completed_at": STRING, "duration_seconds": NUMBER,
       "thread_id": INTEGER, "records_synced": INTEGER, "inserted_count": INTEGER, "updated_count": INTEGER,
       "unchanged_count": INTEGER, "deleted_count": INTEGER, "request_count": INTEGER,
       "bytes_received": INTEGER}
STATUS = {"sync_in_progress": dbus.Boolean, "current_sync": dbus.Dictionary, "recent_syncs": dbus.Array,
          "queue": dbus.Array, "schedules": dbus.Array, "datasets": dbus.Array, "upstream": dbus.Array,
          "configuration": dbus.Dictionary, "paused": dbus.Boolean, "version": STRING, "started_at": STRING}


def equal(actual, wanted, what):
    if actual != wanted:
        sys.exit(f"{what}: {actual!r}, not {wanted!r}")


def typed(found, wanted, what):
    for key, kind in wanted.items():
        if key not in found:
            sys.exit(f"{what} has no {key}: {dict(found)}")
        equal(type(found[key]), kind, f"{what}: type of {key}")


def fails(name, function, *arguments):
    try:
        result = function(*arguments)
    except dbus.DBusException as error:
        equal(error.get_dbus_name(), name, f"error of {arguments}")
        if not error.get_dbus_message():
            sys.exit(f"{name} without a sentence")
        return error.get_dbus_message()
    sys.exit(f"{arguments} is answered with {result!r}, not with {name}")


def sync(sync_type, **options):
    if "timeout" in options:
        options["timeout"] = float(options["timeout"])
    return manager.Sync(sync_type, dbus.Dictionary(options, signature="sv"))


def members_of(node):
    """What an introspection XML says of the interface: {(kind, name): what it takes and gives}."""
    interface = next(each for each in node.iter("interface") if each.get("name") == MANAGER)
    described = {}
    for member in interface:
        emits = [each.get("value") for each in member.iter("annotation")
                 if each.get("name").endswith("EmitsChangedSignal")]
        arguments = [(each.get("direction", "out" if member.tag == "signal" else "in"), each.get("type"),
                      each.get("name")) for each in member.iter("arg")]
        described[member.tag, member.get("name")] = (
            arguments, member.get("type"), member.get("access"), emits or ["true"])
    return described


def introspection(documented):
    shown = dbus.Interface(daemon, "org.freedesktop.DBus.Introspectable").Introspect()
    wanted = members_of(ElementTree.parse(documented))
    found = members_of(ElementTree.fromstring(shown))
    equal(sorted(found), sorted(wanted), "members")
    for member, description in wanted.items():
        equal(found[member], description, f"{member}")


def members():
    run_id, disposition = sync("teams", season="2025-26", wait=True, timeout=5, if_busy="queue", run_timeout=60.0,
                               dry_run=False, force=True, interactive=False)
    equal((type(run_id), disposition), (STRING, "started"), "Sync")
    run = manager.Wait(run_id, 30.0)
    equal((run.signature, run["status"], run["records_synced"]), ("sv", "success", 30), "Wait")
    typed(run, RUN, "Wait")
    typed(manager.GetRun(run_id), RUN, "GetRun")
    dry, disposition = sync("schedule", dry_run=True)
    equal((disposition, manager.Wait(dry, 30.0)["status"]), ("dry-run", "success"), "dry run")
    full, _ = sync("full")
    steps = manager.Wait(full, 60.0)["steps"]
    equal((steps.signature, [str(step["sync_type"]) for step in steps]),
          ("a{sv}", ["teams", "schedule", "season_stats", "game_logs", "todays_games"]), "steps")
    equal([str(run["run_id"]) for run in manager.ListRuns(2, {"type": "full"})], [full], "ListRuns by type")
    equal(len(manager.ListRuns(1, {"status": "success"})), 1, "ListRuns with a limit")
    equal(manager.ListRuns(0, {"status": "failed"}), [], "ListRuns by status")

    status = manager.Status()
    typed(status, STATUS, "Status")
    equal((len(status["current_sync"]), status["queue"].signature), (0, "a{sv}"), "idle status")
    typed(status["recent_syncs"][0], RUN, "Status.recent_syncs")
    typed(status["datasets"][0], {"name": STRING, "last_success": STRING, "age_seconds": NUMBER,
                                  "stale_after_seconds": NUMBER, "stale": dbus.Boolean}, "Status.datasets")
    typed(manager.Explain("nightly"), {"name": STRING, "sync_type": STRING, "rule": STRING, "next": STRING,
                                       "why": STRING, "reasons": dbus.Array, "decisions": dbus.Array}, "Explain")

    changes, last = manager.Changes(dbus.UInt64(0), dbus.UInt32(1), {})
    equal((changes.signature, type(last)), ("a{sv}", dbus.UInt64), "Changes")
    typed(changes[0], {"seq": INTEGER, "run_id": STRING, "changed_at": STRING, "table_name": STRING,
                       "row_key": dbus.Dictionary, "change": STRING, "after": dbus.Dictionary,
                       "is_correction": dbus.Boolean}, "Changes")

    checks = manager.Doctor()
    equal(checks.signature, "a{sv}", "Doctor")
    typed(checks[0], {"check": STRING, "status": STRING, "count": INTEGER, "text": STRING}, "Doctor")

    found = properties.GetAll(MANAGER)
    equal(sorted(found), ["CurrentRun", "LastSuccess", "Paused", "QueueLength", "SyncInProgress", "Version"],
          "properties")
    typed(found, {"CurrentRun": STRING, "LastSuccess": dbus.Dictionary, "Paused": dbus.Boolean,
                  "QueueLength": dbus.UInt32, "SyncInProgress": dbus.Boolean, "Version": STRING}, "properties")
    last = found["LastSuccess"]
    equal((last.signature, "full" in last), ("st", True), "LastSuccess")
    if not 0 <= time.time() * 1e6 - last["full"] < 60e6:
        sys.exit(f"LastSuccess of full is {last['full']}, now is {time.time() * 1e6:.0f}: no microseconds")
    fails("org.freedesktop.DBus.Error.PropertyReadOnly", properties.Set, MANAGER, "Paused", True)
    manager.Reload()
    dbus.Interface(daemon, "org.freedesktop.DBus.Peer").Ping()


def errors():
    """Upstream hangs; one request may wait."""
    running, _ = sync("teams")
    sentence = fails(ERROR + "SyncInProgress", sync, "full")
    if not re.match(r"Another sync operation is already in progress: teams started at \d{4}-\d\d-\d\dT[\d:]{8}Z", sentence):
        sys.exit(f"sentence of SyncInProgress: {sentence}")
    for options in {"wait": False}, {"if_busy": "fail"}:
        fails(ERROR + "SyncInProgress", lambda words: sync("schedule", **words), options)
    waiting, disposition = sync("schedule", timeout=60)
    equal(disposition, "queued", "second sync")
    equal(sync("schedule", if_busy="join"), (waiting, "joined"), "its twin")
    fails(ERROR + "QueueFull", sync, "game_logs")
    fails(ERROR + "LockTimeout", manager.Wait, running, 0.05)
    status = manager.Status()
    typed(status["current_sync"], {"run_id": STRING, "sync_type": STRING, "season": STRING, "started_at": STRING,
                                   "thread_id": INTEGER, "triggered_by": STRING, "percent": INTEGER}, "current_sync")
    typed(status["queue"][0], {"run_id": STRING, "sync_type": STRING, "requested_at": STRING, "position": INTEGER,
                               "triggered_by": STRING}, "queue")
    manager.Cancel(waiting)
    equal(manager.Wait(waiting, 30.0)["status"], "cancelled", "cancelled while it waited")
    late, _ = sync("schedule", timeout=0.05)
    run = manager.Wait(late, 30.0)
    equal((run["status"], run["error_code"]), ("timeout", "lock-timeout"), "its wait is over")
    manager.Cancel(running)
    equal(manager.Wait(running, 30.0)["status"], "cancelled", "cancelled while it ran")

    fails(ERROR + "UnknownType", sync, "gmae_logs")
    for method in manager.GetRun, manager.Cancel, lambda run: manager.Wait(run, 1.0):
        fails(ERROR + "UnknownRun", method, "no-such-run")
    fails(ERROR + "UnknownSchedule", manager.Explain, "no-such-schedule")
    fails(ERROR + "ChangesGone", manager.Changes, dbus.UInt64(10**9), dbus.UInt32(1), {})
    for options in {"sesaon": "2025-26"}, {"season": 2025}, {"season": "2025"}, {"timeout": -1}, {"if_busy": "x"}:
        fails(INVALID, lambda words: sync("teams", **words), options)
    fails(INVALID, manager.ListRuns, 1, {"type": 5})
    fails(INVALID, manager.ListRuns, 1, {"status": "well"})
    fails(INVALID, manager.Wait, running, -1.0)
    blind = bus.get_object("org.nbasync.Sync1", "/org/nbasync/Sync1", introspect=False)
    fails(INVALID, blind.get_dbus_method("Cancel", MANAGER), dbus.Int32(1), dbus.Int32(2))
    fails("org.freedesktop.DBus.Error.UnknownMethod", blind.get_dbus_method("Sink", MANAGER))


def signals():
    seen = []

    def note(*arguments, message):
        seen.append((message.get_member(), message.get_signature(), arguments))

    bus.add_signal_receiver(note, dbus_interface=MANAGER, path="/org/nbasync/Sync1", message_keyword="message")
    changed = {}
    bus.add_signal_receiver(lambda interface, now, gone: changed.update(now), "PropertiesChanged",
                            arg0=MANAGER, path="/org/nbasync/Sync1")
    start = time.monotonic()
    first, _ = sync("full")
    second, _ = sync("teams", timeout=60)
    manager.Wait(second, 60.0)
    for _ in range(20):
        manager.Wait(sync("teams", force=True)[0], 30.0)
    manager.Pause()
    loop = GLib.MainLoop()
    GLib.timeout_add_seconds(30, loop.quit)
    bus.call_async("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId", "", (),
                   lambda *_: loop.quit(), lambda *_: loop.quit())  # behind all that was sent before
    loop.run()
    seconds = time.monotonic() - start

    for member, signature, _ in seen:
        wanted = {"SyncQueued": "ss", "SyncStarted": "ss", "SyncProgress": "ssu", "SyncFinished": "sssa{sv}",
                  "DataChanged": "sttuuu"}
        equal(signature, wanted[member], member)
    order = [(member, str(arguments[0])) for member, _, arguments in seen
             if member not in ("SyncProgress", "DataChanged")][:5]
    equal(order, [("SyncStarted", first), ("SyncQueued", second), ("SyncFinished", first), ("SyncStarted", second),
                  ("SyncFinished", second)], "signals")
    told = [arguments for member, _, arguments in seen if member == "DataChanged"]
    equal(told[0][1:], (1, told[0][2], told[0][3], 0, 0), "DataChanged")
    finished = next(arguments for member, _, arguments in seen if member == "SyncFinished")
    equal(finished[1:3], ("full", "success"), "SyncFinished")
    typed(finished[3], RUN, "SyncFinished")
    progress = [arguments for member, _, arguments in seen if member == "SyncProgress"]
    if not 0 < len(progress) <= 4 * seconds + 1:
        sys.exit(f"SyncProgress came {len(progress)} times in {seconds:.2f} s")
    if not all(0 <= percent <= 100 and step for _, step, percent in progress):
        sys.exit(f"SyncProgress: {progress}")
    equal(sorted(changed), ["CurrentRun", "LastSuccess", "Paused", "QueueLength", "SyncInProgress"],
          "PropertiesChanged")
    equal((changed["SyncInProgress"], changed["CurrentRun"], changed["QueueLength"], changed["Paused"]),
          (False, "", 0, True), "properties at the end")
    equal(changed["LastSuccess"].signature, "st", "LastSuccess")


{each.__name__: each for each in (introspection, members, errors, signals)}[sys.argv[1]](*sys.argv[2:])

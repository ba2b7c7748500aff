"""How late others are each second: lateness_peers.py SECONDS. A line each: name, p50 and p99 in µs."""

import sys
import threading
import time

seconds = int(sys.argv[1])


def tell(name, late):
    late = sorted(1e6 * each for each in late)
    print(f"{name} {late[len(late) // 2]:.0f} {late[len(late) * 99 // 100]:.0f}")


def sleeper(late):
    nominal = int(time.time()) + 1
    for _ in range(seconds):
        time.sleep(nominal - time.time())
        late.append(time.time() - nominal)
        nominal += 1


def scheduler(late):
    from apscheduler.schedulers.background import BackgroundScheduler
    own = BackgroundScheduler()
    own.add_job(lambda: late.append(time.time() % 1), "cron", second="*")
    own.start()
    time.sleep(seconds + 0.5)
    own.shutdown()


found = {"clock_nanosleep": [], "APScheduler": []}
threads = [threading.Thread(target=sleeper, args=(found["clock_nanosleep"],))]
try:
    import apscheduler  # noqa: F401
    threads.append(threading.Thread(target=scheduler, args=(found["APScheduler"],)))
except ImportError:
    pass
for each in threads:
    each.start()
for each in threads:
    each.join()
for who, times in found.items():
    if times:
        tell(who, times)

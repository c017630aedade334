"""Acts of several people at one moment, each in a thread and a connection of its own."""

from threading import Barrier, Thread

from django.db import connection

from rongbiao.parties.refused import Refused


def compete(*acts):
    """Run acts at one moment in threads of their own; return what each gave or was told."""
    gate, told = Barrier(len(acts)), {}

    def run(place, act):
        gate.wait()
        try:
            told[place] = act()
        except Refused as why:
            told[place] = str(why)
        finally:
            connection.close()

    threads = [Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [told[place] for place in range(len(acts))]

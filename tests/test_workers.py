"""Work is shared out so that nothing is lost: every number once, faults where they are waited for, and no process left behind."""

import os
import signal
import subprocess
import sys
from multiprocessing import active_children
from pathlib import Path
from select import select

import pytest

from generator.places import find_places
from generator.refusals import translate
from generator.workers import PIPE_LEAST_BYTES, PIPE_MOST_BYTES, PIPES_BYTES, TURNS_MAX, share_out
from tests.waiting import TIMEOUT_S

HERE = os.getpid()
PROJECT = Path(__file__).parent.parent


class FaultError(Exception):
    """Something that goes wrong in a task."""


def wait(number: int) -> int:
    """Return the number so late that every process gets a turn."""
    signal.sigtimedwait([], 0.01)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3, 9])
@pytest.mark.parametrize("count", [0, 1, 2, 7, TURNS_MAX, 2 * TURNS_MAX + 1])
def test_every_number_is_worked_on_once_and_results_come_in_order(count: int, jobs: int) -> None:
    assert list(share_out(lambda number: number * number, count, jobs=jobs)) == [number * number for number in range(count)]


def test_several_processes_take_turns() -> None:
    made_by = set(share_out(lambda number: (wait(number), os.getpid())[1], 30, jobs=3))
    assert HERE in made_by
    assert len(made_by) > 1


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("counts", [(0, 0), (3, 0), (0, 3), (5, 7, 1), (TURNS_MAX + 1, 4)])
def test_numbers_of_several_queues_come_in_the_order_of_the_queues(counts: tuple[int, ...], jobs: int) -> None:
    assert list(share_out(lambda number: -number, *counts, jobs=jobs)) == [-number for number in range(sum(counts))]


def test_each_process_begins_with_another_queue_and_then_helps_with_the_others() -> None:
    begun, begins = os.pipe()
    ended, ends = os.pipe()

    def work(number: int) -> int:
        if number == 0:  # Until the other process has begun.
            select([begun], [], [], TIMEOUT_S)
        if number == 3:  # Until all else is done.
            os.write(begins, b"!")
            select([ended], [], [], TIMEOUT_S)
        if number == 5:
            os.write(ends, b"!")
        return os.getpid()

    made_by = list(share_out(work, 3, 3, jobs=2))
    assert [process == HERE for process in made_by] == [True, True, True, False, True, True]
    for pipe in (begun, begins, ended, ends):
        os.close(pipe)


def test_a_result_may_be_larger_than_what_a_pipe_holds() -> None:
    size = 2 * PIPE_MOST_BYTES
    results = list(share_out(lambda number: bytes([number]) * size, 9, jobs=3))
    assert results == [bytes([number]) * size for number in range(9)]


def test_many_processes_ask_for_no_more_room_in_pipes_than_a_few() -> None:
    assert list(share_out(lambda number: number, 2_000, jobs=40)) == list(range(2_000))
    assert TURNS_MAX * 8 <= 4096  # What a pipe holds where a user may have no larger ones any more.
    assert PIPES_BYTES <= 64 * PIPE_LEAST_BYTES


@pytest.mark.parametrize("is_here", [True, False])
def test_a_fault_in_any_process_is_raised_here_and_leaves_no_process_behind(is_here: bool) -> None:
    def fail(number: int) -> int:
        if (os.getpid() == HERE) == is_here:
            raise FaultError("no")
        return wait(number)

    with pytest.raises(FaultError, match="no"):
        list(share_out(fail, 50, jobs=3))
    assert active_children() == []


def test_a_fault_elsewhere_says_where_it_was() -> None:
    def fail(number: int) -> int:
        if os.getpid() != HERE:
            raise FaultError("no")
        return wait(number)

    with pytest.raises(FaultError) as fault:
        list(share_out(fail, 50, jobs=2))
    assert "in fail" in "".join(fault.value.__notes__)


def test_an_interruption_here_ends_all_processes() -> None:
    def interrupt(number: int) -> int:
        if os.getpid() == HERE and number:
            raise KeyboardInterrupt
        return wait(number)

    with pytest.raises(KeyboardInterrupt):
        list(share_out(interrupt, 100, jobs=3))
    assert active_children() == []


def test_a_process_that_is_killed_is_told(tmp_path: Path) -> None:
    def die(number: int) -> int:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return wait(number)

    with pytest.raises(ChildProcessError) as killed:
        list(share_out(die, 50, jobs=2))
    assert active_children() == []
    assert str(translate(killed.value, find_places(tmp_path, must_exist=False)).problems[0]) == (
        "site: a process was ended before its work was done (where memory is short, build with --jobs 1) [killed-process]"
    )


KILLED = """
import os, signal, sys, time
from generator.workers import share_out
here = os.getpid()
def task(number):
    open(f"{sys.argv[1]}/{number}", "w").close()
    time.sleep(0.01)
    if os.getpid() == here and number > 9:
        os.kill(here, signal.SIGKILL)
    return number
list(share_out(task, 500, jobs=3))
"""


def test_the_others_end_when_the_process_that_waits_for_them_is_killed(tmp_path: Path) -> None:
    # All of them hold the pipe, so that it ends with the last.
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, check=False, cwd=PROJECT)
    assert len(list(tmp_path.iterdir())) < 500

"""The private database server, made and run for real in an environment of its own."""

import os
import signal

import pytest

from tools import ToolError
from tools.environment import DATABASE_SERVER_VARIABLES, Environment
from tools.environment.postgres import PrivateCluster, remove_cluster, running


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in DATABASE_SERVER_VARIABLES:
            monkeypatch.delenv(name, raising=False)
        env = Environment(root=tmp_path_factory.mktemp("e"))
        yield env
        remove_cluster(env)
    assert not PrivateCluster(env).folder.exists()


def pid_file(env):
    """Where the server keeps its process id while it runs."""
    return PrivateCluster(env).data / "postmaster.pid"


def test_the_last_user_stops_the_server(env):
    with running(env):
        started = pid_file(env).read_text()
        with running(env) as second:
            assert second.execute("SELECT 1") == [(1,)]
        assert pid_file(env).read_text() == started
        with pytest.raises(ToolError, match="in use"):
            remove_cluster(env)
    assert not pid_file(env).exists()


def test_a_killed_server_starts_again_with_what_was_committed(env):
    with running(env) as server:
        server.create_database("kept")
        server.execute("CREATE TABLE t AS SELECT 7 AS n", database="kept")
        os.kill(int(pid_file(env).read_text().split()[0]), signal.SIGKILL)
    with running(env) as server:
        assert server.execute("SELECT n FROM t", database="kept") == [(7,)]
        server.drop_database("kept")


def test_the_server_is_reached_by_its_socket_alone(env):
    with running(env) as server:
        assert server.execute("SHOW listen_addresses") == [("",)]
        assert PrivateCluster(env).folder.stat().st_mode & 0o077 == 0


def test_nobody_connects_to_a_sealed_database_but_it_can_be_copied(env):
    with running(env) as server:
        server.create_database("work")
        server.execute("CREATE TABLE t AS SELECT 7 AS n", database="work")
        server.seal_database("work", "template")
        with pytest.raises(ToolError, match="not currently accepting connections"):
            server.execute("SELECT 1", database="template")
        server.create_database("copy", "template")
        assert server.execute("SELECT n FROM t", database="copy") == [(7,)]
        assert server.databases("co%") == ["copy"]
        for name in ("copy", "template"):
            server.drop_database(name)


def test_a_server_that_does_not_answer_is_told_in_one_sentence(env, monkeypatch):
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", "9")
    with pytest.raises(ToolError, match="PostgreSQL does not answer"), running(env):
        pass

"""A load generator that costs little itself: prepared requests over raw keep-alive sockets, one process a client."""

import multiprocessing
import socket
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class Load:
    """What a run measured: operations per second, and latencies in milliseconds, ascending."""

    operations: int
    seconds: float
    latencies: tuple[float, ...]
    statuses: dict[int, int]

    @property
    def rate(self) -> float:
        """Operations per second."""
        return self.operations / self.seconds

    def percentile(self, share: float) -> float:
        """The latency in ms that `share` of the operations stay under."""
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share))]


def request(method: str, path: str, host: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """The bytes of one HTTP/1.1 request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def answer(stream: socket.socket, rest: bytes) -> tuple[int, bytes, bytes]:
    """Status, body and what was read past the end of one response."""
    data = rest
    while b"\r\n\r\n" not in data:
        piece = stream.recv(65536)
        if not piece:
            raise ConnectionError("The server closed the connection.")
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    status = int(lines[0].split()[1])
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), None)
    if length is None:
        while not body.endswith(b"0\r\n\r\n"):
            body += stream.recv(65536)
        return status, body, b""
    while len(body) < length:
        body += stream.recv(65536)
    return status, body[:length], body[length:]


def _client(port: int, requests: list[bytes], start: float, pipe: Connection) -> None:
    latencies, statuses = [], {}
    stream = socket.create_connection(("127.0.0.1", port))
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    rest = b""
    while time.monotonic() < start:
        time.sleep(0.001)
    for one in requests:
        began = time.perf_counter()
        stream.sendall(one)
        status, _, rest = answer(stream, rest)
        latencies.append((time.perf_counter() - began) * 1000)
        statuses[status] = statuses.get(status, 0) + 1
    pipe.send((time.monotonic(), latencies, statuses))


def run(port: int, requests: list[bytes], clients: int) -> Load:
    """Send all requests, split over so many clients, each waiting for its answer before the next."""
    context = multiprocessing.get_context("fork")
    start = time.monotonic() + 0.3
    pipes, workers = [], []
    for index in range(clients):
        mine, theirs = context.Pipe(False)
        workers.append(context.Process(target=_client, args=(port, requests[index::clients], start, theirs)))
        pipes.append(mine)
    for worker in workers:
        worker.start()
    results = [pipe.recv() for pipe in pipes]
    for worker in workers:
        worker.join()
    statuses: dict[int, int] = {}
    for _, _, seen in results:
        for status, count in seen.items():
            statuses[status] = statuses.get(status, 0) + count
    latencies = tuple(sorted(value for _, values, _ in results for value in values))
    return Load(len(latencies), max(end for end, _, _ in results) - start, latencies, statuses)

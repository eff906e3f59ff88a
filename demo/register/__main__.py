"""Start the demonstration register: `python -m demo.register --port 8001`."""

import argparse
import signal
import sys

from demo.register.records import read
from demo.register.server import RegisterServer


def _stop(_signum: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Serve until interrupted; prints the address once it listens (port 0 = any free one)."""
    options = argparse.ArgumentParser(prog="demo.register", description="示范登记库（演示数据，人物与企业均为虚构）")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8001)
    options.add_argument("--latency", type=float, default=0.0, help="每条记录延迟的秒数")
    given = options.parse_args()
    try:
        server = RegisterServer((given.host, given.port), read(), given.latency)
    except OSError as error:
        print(f"示范登记库打不开 {given.host}:{given.port}（{error.strerror}）；换一个端口：--port N", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _stop)
    print(f"http://{given.host}:{server.server_address[1]}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

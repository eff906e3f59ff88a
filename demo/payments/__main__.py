"""Start the demonstration payment provider: `python -m demo.payments --port 8002 --secret-file var/payment-secret`."""

import argparse
import signal
import sys
from pathlib import Path

from demo.payments.book import Book
from demo.payments.faults import CALLBACKS, Faults
from demo.payments.server import ProviderServer


def _stop(_signum: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Serve until interrupted; prints the address once it listens (port 0 = any free one)."""
    options = argparse.ArgumentParser(prog="demo.payments", description="示范支付平台（演示服务，不收真钱）")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8002)
    options.add_argument("--public-url", default="", help="浏览器打开支付页用的地址，默认与监听地址相同")
    options.add_argument("--secret-file", type=Path, required=True, help="签名密钥文件，与平台共用")
    options.add_argument("--book", type=Path, help="账本文件；不给就只记在内存里")
    options.add_argument("--callback", choices=CALLBACKS, default="prompt", help="示范故障：怎样回调")
    given = options.parse_args()
    try:
        secret = given.secret_file.read_text(encoding="ascii").strip()
        book = Book(str(given.book or ":memory:"))
        faults = Faults(callback=given.callback)
        server = ProviderServer((given.host, given.port), secret, book, faults, given.public_url)
    except OSError as error:
        print(f"示范支付平台打不开（{error}）；换一个端口：--port N", file=sys.stderr)
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

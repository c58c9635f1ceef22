"""A mail server that can be slow at the worst moment, and remembers what it was given."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter

from tests.browser.huis import Mail


class Mailserver:
    """Takes every mail. `houd_vast` says for which addresses it stays silent, and where in the conversation.

    "voor": it falls silent before the mail is handed over. "na": it has the mail, and does not say so.
    """

    def __init__(self, houd_vast: dict[str, str] | None = None) -> None:
        self.houd_vast = dict(houd_vast or {})
        self.ontvangen: list[tuple[str, Mail]] = []
        self.in_handen: Counter[str] = Counter()
        """Addresses for which it is silent now."""
        self._los = threading.Event()
        server = self

        class Gesprek(socketserver.StreamRequestHandler):
            timeout = 60

            def zeg(self, regel: str) -> None:
                self.wfile.write(f"{regel}\r\n".encode())

            def zwijg(self, aan: str) -> None:
                server.in_handen[aan] += 1
                server._los.wait(60)

            def handle(self) -> None:
                try:
                    self._voer()
                except OSError:  # the other side was struck dead
                    return

            def _voer(self) -> None:
                self.zeg("220 zwijgzaam")
                aan = ""
                while regel := self.rfile.readline().decode().strip():
                    opdracht = regel[:4].upper()
                    if opdracht == "QUIT":
                        self.zeg("221 dag")
                        return
                    if opdracht == "RCPT":
                        aan = regel.partition("<")[2].partition(">")[0]
                        if server.houd_vast.get(aan) == "voor":
                            self.zwijg(aan)
                            return
                    if opdracht != "DATA":
                        self.zeg("250 goed")
                        continue
                    self.zeg("354 ga verder")
                    regels = []
                    while (stuk := self.rfile.readline()) != b".\r\n":
                        regels.append(stuk.removeprefix(b".") if stuk.startswith(b"..") else stuk)
                    server.ontvangen.append((aan, Mail.lees(b"".join(regels))))
                    if server.houd_vast.get(aan) == "na":
                        self.zwijg(aan)
                        return
                    self.zeg("250 aangenomen")

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Gesprek)
        self.url = f"smtp://127.0.0.1:{self._server.server_address[1]}"
        self._draad = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._draad.start()

    def aan(self, adres: str) -> list[Mail]:
        """What came for this address."""
        return [mail for naar, mail in self.ontvangen if naar == adres]

    def laat_los(self) -> None:
        """Be an ordinary mail server from now on."""
        self.houd_vast.clear()
        self._los.set()

    def sluit(self) -> None:
        self.laat_los()
        self._server.shutdown()
        self._draad.join()
        self._server.server_close()

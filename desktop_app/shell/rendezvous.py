"""One window per home: the first window listens, a second start knocks and leaves."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

KNOCK_MILLISECONDS = 1000


class Doorbell(QObject):
    """Listens under the home's rendezvous name; `rung` comes when another start knocks."""

    rung = Signal()

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # We hold the home's lock, so a socket of that name can only be a dead window's.
        QLocalServer.removeServer(name)
        self._server.newConnection.connect(self._answer)
        self._server.listen(name)

    @Slot()
    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnectFromServer()
            socket.deleteLater()
        self.rung.emit()


def knock(name: str) -> bool:
    """Ask the window that is already open to come to the front; False when nobody answers."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    answered = socket.waitForConnected(KNOCK_MILLISECONDS)
    socket.abort()
    return answered

"""A socket in front of the daemon: each client is served by a thread of its own, as `serve` says."""
import socket
import threading


class Listening:
    def __init__(self, path):
        self.path = path
        self.threads = []
        self.listening = self.listen()
        threading.Thread(target=self.accept, daemon=True).start()

    def listen(self):
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listening.bind(str(self.path))
        listening.listen(16)
        return listening

    def accept(self):
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self.serve, args=(client,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def serve(self, client):
        raise NotImplementedError

    def close(self):
        self.listening.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

#!/usr/bin/env python3
"""Sends one text message by burstd and waits for what becomes of it. Python's standard library, nothing else.

    remind.py NUMBER TEXT CLIENT_REF       BURSTD_SOCKET: the gateway's socket, or BURSTD_URL: where its tunnel ends

Exit status: 0 Sent Successfully, 1 Send Failed, 2 refused, 3 not handed over, 4 handed over, and no end of it yet.
"""
import http.client
import json
import os
import socket
import sys
import time
import urllib.parse

SOCKET = os.environ.get("BURSTD_SOCKET", "/run/burstd/burstd.sock")
URL = os.environ.get("BURSTD_URL")
TIME_OUT = 10  # seconds for one request
TRIES = 3      # of handing over
PATIENCE = float(os.environ.get("BURSTD_PATIENCE", "3600"))  # seconds for the end of the message


class Away(Exception):
    """No answer, or one that says: not now. Whether the request was taken is not known."""


class UnixConnection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(SOCKET)


def connection():
    if URL:
        return http.client.HTTPConnection(urllib.parse.urlsplit(URL).netloc, timeout=TIME_OUT)
    return UnixConnection("localhost", timeout=TIME_OUT)


def ask(method, path, body=None):
    """(status, answer)"""
    gateway = connection()
    try:
        data = None if body is None else json.dumps(body).encode()
        gateway.request(method, path, data, {"Content-Type": "application/json"} if data else {})
        response = gateway.getresponse()
        answer = json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError) as trouble:
        raise Away(f"{URL or SOCKET}: {str(trouble) or type(trouble).__name__}") from None
    finally:
        gateway.close()
    if response.status >= 400 and answer["retryable"]:
        raise Away(answer["detail"])
    return response.status, answer


def hand_over(method, path, body):
    """The same request with the same client_ref until there is an answer: it is taken once however often it comes."""
    for attempt in range(TRIES):
        try:
            return ask(method, path, body)
        except Away as trouble:
            print(f"the gateway is away: {trouble}", file=sys.stderr)
            if attempt + 1 < TRIES:
                time.sleep(1)
    print("not handed over")
    sys.exit(3)


def refuse_unless(fine, answer):
    if not fine:
        faults = "".join(f"\n  {fault['pointer']}: {fault['detail']}" for fault in answer["errors"])
        print(f"refused: {answer['detail']}{faults}")
        sys.exit(2)


def watch(item):
    """Until it is Pending no longer. A gateway that is away now has the message all the same."""
    end, shown = time.monotonic() + PATIENCE, None
    while item["status"] == "Pending" and time.monotonic() < end:
        if item["state"] != shown:
            shown = item["state"]
            print(f"Pending ({shown})", flush=True)
        time.sleep(0.5)
        try:
            status, answer = ask("GET", "/v1/clinical-items/" + item["id"])
            refuse_unless(status == 200, answer)
            item = answer
        except Away as trouble:
            print(f"the gateway is away: {trouble}", file=sys.stderr)
    return item


def main():
    if len(sys.argv) != 4:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    number, text, client_ref = sys.argv[1:]
    status, look = hand_over("POST", "/v1/messages/check", {"to": number, "text": text})
    refuse_unless(status == 200, look)
    print(f"check: {look['verdict']}, {look['segments']} segments")
    request = {"client_ref": client_ref, "to": number, "text": text}
    status, item = hand_over("POST", "/v1/messages", request)
    refuse_unless(status in (200, 201), item)
    print("handed over" + (" before" if status == 200 else ""), flush=True)
    item = watch(item)
    print(item["status"] + (f": {item['error']}" if item["error"] else ""))
    sys.exit({"Sent Successfully": 0, "Send Failed": 1}.get(item["status"], 4))


main()

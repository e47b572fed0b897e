# test/Srt/Inputs/reach.py: a small client and server, and what nobody answers.
# SPDX-License-Identifier: Apache-2.0
import socket

server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen()
socket.create_connection(server.getsockname())
print("tcp")
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9999))
print("udp")
for address in (("192.0.2.7", 8080), ("192.0.2.9", 22)):
    try:
        socket.create_connection(address, 0.2)
    except OSError as error:
        print(type(error).__name__)

// runtime/broker/Network.h: what the parts of the broker share that have to do
// with sockets. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a socket call is made on a duplicate of the caller's socket, with
// a name that the broker composed and judged. Whatever the caller changes
// meanwhile, the call is made on the socket that was looked at, by what it is.
// Nothing is allocated; every table has a fixed size.
#ifndef SRT_RUNTIME_BROKER_NETWORK_H
#define SRT_RUNTIME_BROKER_NETWORK_H

#include "Broker.h"
#include "SocketCalls.h"
#include "runtime/network/Address.h"

namespace srt::broker {

using network::Address;

// ---- Sockets.cpp: the caller's sockets ------------------------------------

/// What a socket is, as far as it matters to whom it may speak.
enum class Kind {
  Tcp,
  Udp,
  UnixStream,
  UnixDatagram,
  UnixSequence,
  Route,
  Other
};

struct Socket {
  Handle fd; // our own duplicate
  Kind kind = Kind::Other;
  bool isV6 = false;

  bool isInternet() const { return kind == Kind::Tcp || kind == Kind::Udp; }
  bool isUnix() const {
    return kind == Kind::UnixStream || kind == Kind::UnixDatagram ||
           kind == Kind::UnixSequence;
  }
  /// Whether the other end having gone is told by SIGPIPE.
  bool isConnected() const {
    return kind == Kind::Tcp || kind == Kind::UnixStream ||
           kind == Kind::UnixSequence;
  }
};

/// Duplicates a descriptor of the caller. Returns 0 or a negated errno.
long takeDescriptor(const Broker &broker, const Call &call, int number,
                    Handle &fd);
/// Takes a socket of the caller and looks what it is; ENOTSOCK for other
/// things.
long takeSocket(const Broker &broker, const Call &call, int number,
                Socket &socket);
/// Whether a call on it that cannot be done at once is to wait.
bool isBlocking(const Socket &socket);
/// Milliseconds that calls wait at most, by SO_SNDTIMEO or SO_RCVTIMEO; 0: for
/// ever.
int64_t patience(const Socket &socket, int option);
/// A number by which the kernel knows the socket and no other, ever.
uint64_t cookieOf(const Socket &socket);
/// connect(2) that does not wait, whatever the socket says.
long connectAtOnce(const Socket &socket, const void *name, uint64_t size);

// ---- Places.cpp: what the socket's name says ------------------------------

/// A name, read once.
struct ReadName {
  sys::SocketName name;
  uint32_t size;
};
/// Reads a name; EINVAL for a size that the kernel would not take.
long readName(const Broker &broker, const Call &call, uint64_t from,
              uint64_t size, ReadName &name);
/// Takes the socket and the name that connect(2) and bind(2) are given.
long takeNamed(const Broker &broker, const Call &call, Socket &socket,
               ReadName &given);

/// A place on the Internet.
struct Place {
  Address address;
  uint16_t port;
  uint32_t scope;
};
/// What a name is for.
enum class Use { Connect, Bind, Send };
/// Reads the place out of a name as the kernel would for that socket.
/// EAFNOSUPPORT or EINVAL where the kernel says so.
long placeOf(const Socket &socket, const ReadName &name, Use use, Place &place);
/// The place as the kernel takes it for that socket. Returns the size.
uint32_t nameOfPlace(const Socket &socket, const Place &place,
                     sys::SocketName &name);
/// The place that a name of the kernel's own says.
Place placeOfOwn(const sys::SocketName &name);

// ---- Endpoints.cpp: what the rules say ------------------------------------

/// Whom a rule may match: an address, a name, or both.
struct Peer {
  const Address *address; // null: not known yet
  Text name;              // empty: none
  uint16_t port;
};
/// What is to be done with it.
struct Deed {
  uint8_t action;    // SRT_NET_*
  uint8_t transport; // SRT_TRANSPORT_*
};
/// The first rules that matched, by effect; SRT_NONE: none.
struct Ruling {
  uint32_t allowed = SRT_NONE, asked = SRT_NONE, denied = SRT_NONE;
  bool permits() const {
    return allowed != SRT_NONE && asked == SRT_NONE && denied == SRT_NONE;
  }
  bool isQuestion() const { return asked != SRT_NONE && denied == SRT_NONE; }
  uint32_t deciding() const { return denied != SRT_NONE ? denied : asked; }
};
/// Adds what the rules say of a peer.
void judge(const srt_view &view, Deed deed, const Peer &peer, Ruling &ruling);
/// Of a place: by its address and each name that was given for it; without a name
/// if there is none, or it is to be bound.
Ruling judgePlace(const srt_view &view, Deed deed, const Place &place);
/// Of an abstract name of a unix socket.
Ruling judgeAbstract(const srt_view &view, uint8_t action, Text name);
/// Whether some rule allows what some port of a name is used for: then it may
/// be asked for. `ruling` says why not.
bool isResolvable(const srt_view &view, Text name, Ruling &ruling);
/// Whether some rule asks about what some port of a name is used for.
bool isQuestionable(const srt_view &view, Text name, Ruling &ruling);
/// Whether a rule speaks of a name.
bool isNamed(const srt_view &view, Text name);
/// Whether a rule that needs no name might allow to go to an address.
bool mayReach(const srt_view &view, const Address &address);
/// Whether a rule names just that address and port.
bool isSpelledOut(const srt_view &view, uint8_t transport, const Place &place);

// ---- Remembered.cpp: the names that addresses were given for --------------

/// Remembers a name for some seconds; 0: for good.
void remember(const Address &address, Text name, uint32_t seconds);
/// The next name of an address, from `at` on, which is advanced; false at the
/// end. Begin with 0.
bool nextName(const Address &address, unsigned &at, Text &name);
/// Hosts.cpp: remembers for good what /etc/hosts says of names in rules.
void rememberHosts(const srt_view &view);

// ---- Redirects.cpp: what was sent to the stub -----------------------------

/// Where a socket meant to go that asks the stub.
struct Redirect {
  uint64_t cookie; // 0: this slot is free
  Place meant;
  uint32_t tid;  // who asks
  uint16_t port; // of the socket itself
};
void redirect(const Socket &socket, const Call &call, const Place &meant);
/// Null: it asks nobody, or that was forgotten.
const Redirect *redirectOf(uint64_t cookie);
void forgetRedirect(uint64_t cookie);
/// The thread whose socket has a port; 0: not known.
uint32_t threadOfPort(uint16_t port);

// ---- Waiting.cpp: calls that cannot be done yet ---------------------------

enum class Until { Connected, Writable, Readable, Later };
/// What is known of a call that has been tried before.
struct Progress {
  uint64_t done = 0;    // bytes that were sent
  int64_t deadline = 0; // of sys::now; 0: none yet
};
/// Keeps a call until its socket is ready, and performs it again then.
/// Returns kAnswered, or EAGAIN if there are too many.
/// Takes the socket.
long waitFor(Broker &broker, const Call &call, Socket &socket, Until until,
             const Progress &progress);
/// Keeps no more calls than there are descriptors for, as far as the process
/// may have `descriptors` of them.
void limitWaiting(uint64_t descriptors);
/// Performs calls whose time has come, and forgets those whose caller has gone.
void takeWaiting(Broker &broker);
/// A socket of a waiting call is ready.
void wake(Broker &broker, uint32_t index);
/// How long the loop may sleep, in milliseconds; -1: for ever.
int64_t restOfWait();

// ---- Stub.cpp, Streams.cpp, Questions.cpp, Resolver.cpp -------------------

/// Whether the broker is the resolver of the command. Requires: an srt_network.
inline bool answersNames(const Broker &broker) {
  return (broker.view().network->flags & SRT_NETWORK_NAMES) != 0;
}

/// Stub.cpp: makes the sockets on which questions come. Before the two part.
void startStub(Broker &broker);
/// Stub.cpp: where questions go that a socket asks; false if there is no way.
bool placeOfStub(const Socket &socket, Place &place);
bool isStub(const Place &place);
/// Stub.cpp: takes those who come by TCP.
void takeStubCallers(Broker &broker, bool isV6);
/// Events.cpp: does what has become ready.
void takeNetwork(Broker &broker);
/// Events.cpp: does what has become late.
void tendNetwork(Broker &broker);
/// Events.cpp: how long the loop may sleep, in milliseconds; -1: for ever.
int64_t restOfNetwork();

// ---- The calls ------------------------------------------------------------

long performConnect(Broker &broker, const Call &call, Progress progress);
long performBind(Broker &broker, const Call &call);
long performListen(Broker &broker, const Call &call);
long performSendTo(Broker &broker, const Call &call, Progress progress);
long performSendMessage(Broker &broker, const Call &call, Progress progress);
long performSendMessages(Broker &broker, const Call &call, Progress progress);
long performReceiveFrom(Broker &broker, const Call &call, Progress progress);
long performReceiveMessage(Broker &broker, const Call &call, Progress progress);
long performPeerName(Broker &broker, const Call &call);
/// NetworkCalls.cpp: any of them.
long performNetwork(Broker &broker, const Call &call, Progress progress);
/// ConnectCall.cpp: the answer to a connect(2) that has waited.
long finishConnect(const Socket &socket);

/// Peers.cpp: judges a place that something is sent to, and sends questions
/// for names to the stub instead. Returns 0 or a negated errno.
long permitPlace(const Broker &broker, const Call &call, const Socket &socket,
                 Use use, Place &place);
/// Peers.cpp: whether the rules permit to bind without a question. Bound to [::],
/// a socket is at 0.0.0.0 too.
bool mayBind(const srt_view &view, Deed deed, const Socket &socket,
             const Place &place);
/// Peers.cpp: notes whether a socket asks the stub now.
void noteWay(const Call &call, const Socket &socket, const Place &meant,
             const Place &taken, Use use);

/// UnixCalls.cpp: where a unix name leads.
struct UnixPeer {
  Object object; // of a path
  sys::UnixName name;
  uint32_t size;
};
/// Finds and judges whom a name means; `name` is then what the kernel is to
/// get.
long permitUnix(const Broker &broker, const Call &call, const ReadName &given,
                Use use, UnixPeer &peer);
long connectUnix(Broker &broker, const Call &call, Socket &socket,
                 const ReadName &given, const Progress &progress);
long bindUnix(Broker &broker, const Call &call, const Socket &socket,
              const ReadName &given);

/// Refusals.cpp: asks about a place; see inquire.
long inquirePlace(const Broker &broker, const Call &call, Deed deed,
                  const Place &place, uint32_t rule);
/// Refusals.cpp: of a name that is asked for.
Denial matterOfName(uint32_t tid, Text name, uint32_t rule);
/// Refusals.cpp: reports that rules deny a place; returns EACCES.
long refusePlace(const Broker &broker, const Call &call, Deed deed,
                 const Place &place, uint32_t rule);
/// Refusals.cpp: notes that it was permitted; see Record.cpp.
void recordPlace(const Broker &broker, const Call &call, Deed deed,
                 const Place &place);
void recordAbstract(const Broker &broker, const Call &call, uint8_t action,
                    Text name);
long refuseAbstract(const Broker &broker, const Call &call, uint8_t action,
                    Text name, const Ruling &ruling);
/// Of a name that was asked for.
void reportName(const Broker &broker, uint32_t tid, Text name, uint32_t rule);

} // namespace srt::broker

#endif

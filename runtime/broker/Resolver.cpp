// runtime/broker/Resolver.cpp: srt-resolve, the process that looks names up.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: it is started before the Landlock layer and outside of it, ready
// before the command runs, without environment, capabilities or descriptors but
// one socket, and ends when nobody has the other end of that. The command
// cannot look at it, signal it or send to it.
#include "Resolver.h"
#include "Events.h"
#include "Stub.h"
#include "runtime/network/Resolving.h"

namespace srt::broker {

static constexpr const char *kStep = "names";

/// The program beside this one.
static void spellProgram(Path &path) {
  long size = sys::readlinkAt(sys::kCwd, "/proc/self/exe",
                              path.room(Path::kCapacity), Path::kCapacity - 1);
  if (size < 0)
    load::refuse(kStep, Message()
                            << "cannot read `/proc/self/exe`: " << Errno{size});
  path.cut(uint64_t(size));
  uint64_t folder = path.size;
  while (folder > 0 && path.bytes[folder - 1] != '/')
    --folder;
  path.cut(folder);
  if (!path.append("srt-resolve"))
    load::refuse(kStep, Message() << "the path of this program is too long");
}

[[noreturn]] static void becomeResolver(const Path &program, long socket) {
  // exec makes it one that others may look at, until srt-resolve forbids that;
  // the command does not run before it has.
  sys::duplicateOpen(socket, 0);
  long null = sys::open("/dev/null", O_RDWR);
  for (long fd = 1; fd <= 2 && null >= 0; ++fd)
    sys::duplicateOpen(null, fd);
  sys::closeRange(3, ~0u);
  char name[] = "srt-resolve";
  char *argv[] = {name, nullptr}, *env[] = {nullptr};
  sys::execve(program.bytes, argv, env);
  sys::exitGroup(load::kRefused);
}

void startResolver(Broker &broker) {
  Path program;
  spellProgram(program);
  int32_t pair[2];
  long result = sys::socketPair(pair);
  if (result == 0)
    result = sys::clone(sys::kSigChild);
  if (result < 0)
    load::refuse(kStep, Message()
                            << "cannot start a process: " << Errno{result});
  if (result == 0)
    becomeResolver(program, pair[1]);
  sys::close(pair[1]);
  broker.resolver = pair[0];
  broker.resolverPid = result;
  sys::addEvent(broker.events, broker.resolver, sys::kEventIn,
                eventData(Source::Resolver, 0));
}

void awaitResolver(const Broker &broker) {
  char ready;
  if (sys::read(broker.resolver, &ready, 1) == 1)
    return;
  load::refuse(kStep, Message() << "srt-resolve does not start",
               "it is installed beside srt-load; the policy has rules with "
               "names");
}

void endResolver(const Broker &broker) {
  if (broker.resolverPid == 0)
    return;
  sys::shutdown(broker.resolver);
  buryShortly(broker.resolverPid);
}

bool askResolver(const Broker &broker, uint32_t token,
                 const network::Question &question) {
  network::Asked asked = {};
  asked.token = token;
  asked.isV6 = question.type == network::kTypeAaaa;
  __builtin_memcpy(asked.name, question.name, question.nameSize);
  return sys::sendQuietly(broker.resolver, &asked, sizeof asked) ==
         long(sizeof asked);
}

} // namespace srt::broker

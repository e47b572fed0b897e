// fuzz/BrokerWorld.cpp: compiles the policy, starts a broker, ends a world.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/BrokerWorld.h"
#include "lib/Driver/Compile.h"
#include "runtime/broker/Events.h"
#include "runtime/broker/Resolver.h"
#include "runtime/broker/Stub.h"

#include <cstdlib>
#include <cstring>

namespace srt::fuzz {

uint64_t Input::number(size_t size) {
  uint64_t value = 0;
  llvm::StringRef taken = bytes(size);
  std::memcpy(&value, taken.data(), taken.size());
  return value;
}

llvm::StringRef Input::bytes(size_t size) {
  llvm::StringRef taken = rest.take_front(size);
  rest = rest.drop_front(taken.size());
  return taken;
}

/// The bundle of kPolicy, at an address that 8 divides, for good.
static llvm::StringRef bundle() {
  Sources sources;
  DiagnosticEngine diags;
  CompileOptions options;
  options.target = "linux-6.12";
  options.stdFolder = kNoFolder;
  options.verifies = false; // others do that
  auto made = compileTo(Stage::Bundle, sources, sources.add("fuzz.srt", kPolicy),
                        options, diags);
  require(made.has_value(), "the policy does not compile");
  auto *bytes = static_cast<char *>(std::aligned_alloc(
      8, (made->size() + 7) / 8 * 8));
  std::memcpy(bytes, made->data(), made->size());
  return {bytes, made->size()};
}

static void openKnown(World &world) {
  auto add = [&](long fd, const char *path, uint32_t mode, uint64_t device) {
    Thing thing;
    thing.path = path;
    thing.mode = mode;
    thing.device = device;
    world.things[fd] = thing;
  };
  add(kListener, "anon_inode:seccomp", 0600, 0xe);
  add(kProc, "/proc", 0040555, kProcDevice);
  add(kOwn, "/proc/77/fd", 0040500, kProcDevice);
  add(kEvents, "anon_inode:[eventpoll]", 0600, 0xe);
  for (long fd : {kReport, kAsker, kResolver})
    add(fd, "socket:[9]", 0140777, 8);
}

/// Sockets of the stub: by number, 0 and 1 are for datagrams.
static void openStub(broker::Broker &broker) {
  broker::startStub(broker);
  for (unsigned i = 0; i < broker::kNetworkDescriptors - 2; ++i) {
    long fd = broker::stubDescriptor(i);
    Thing *socket = world().find(fd);
    require(socket != nullptr, "the stub has no socket");
    socket->isKept = true;
  }
}

static broker::Broker *start() {
  static load::Sandbox sandbox;
  static broker::Broker broker;
  static char *environment[] = {nullptr};
  llvm::StringRef bytes = bundle();
  srt_reason reason =
      srt_check_bundle(reinterpret_cast<const uint8_t *>(bytes.data()),
                       bytes.size(), &sandbox.view);
  require(reason == SRT_OK && sandbox.view.network, "no bundle of the broker's");
  sandbox.env = sandbox.callerEnv = environment;
  // Nothing is there yet, so the places of the rules are as they are spelled.
  world().begin("", "");
  openKnown(world());
  broker.sandbox = &sandbox;
  broker::findDenying(broker, sandbox);
  broker::findAnchors(broker, sandbox);
  broker.listener = kListener;
  broker.proc = kProc;
  broker.own = kOwn;
  broker.events = kEvents;
  broker.report = kReport;
  broker.asker = kAsker;
  broker.resolver = kResolver;
  broker.pid = kBrokerPid;
  broker.procDevice = kProcDevice;
  broker.rootDevice = kRootDevice;
  openStub(broker);
  return &broker;
}

broker::Broker &brokerInWorld() {
  static broker::Broker *only = start();
  // An asker that has gone comes back with each input.
  if (only->asker < 0) {
    world().things[kAsker] = world().things[kReport];
    only->asker = kAsker;
  }
  return *only;
}

/// libFuzzer calls it first, so that the start is not the time of an input.
extern "C" int LLVMFuzzerInitialize(int *, char ***) {
  brokerInWorld();
  return 0;
}

static void endProcesses(broker::Broker &broker) {
  for (const broker::Waiter &waiter : broker::waiters)
    if (waiter.pid != 0)
      broker::forgetWaiter(broker, waiter.pid);
  if (broker.traceCount != 0)
    broker::forgetTrace(broker, world().caller);
  require(broker.traceCount == 0 && broker.waiterCount == 0,
          "somebody is not forgotten");
}

void endWorld(broker::Broker &broker) {
  constexpr unsigned kStreams = 16; // of Streams.cpp
  constexpr int64_t kLong = 100'000'000;
  World &all = world();
  all.begin("", "");
  all.isGone = true;
  all.time += kLong;
  endProcesses(broker);
  all.coming.clear();
  // Nothing comes any more, which is the end of a connection.
  broker::takeAnswers(broker);
  broker::tendNetwork(broker);
  for (unsigned slot = 0; slot < kStreams; ++slot)
    broker::readStream(broker, slot);
  require(all.openCount() == 0, "descriptors are left open");
}

} // namespace srt::fuzz

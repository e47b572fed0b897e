// fuzz/BrokerWorld.h: a broker in a World.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_FUZZ_BROKERWORLD_H
#define SRT_FUZZ_BROKERWORLD_H

#include "fuzz/Zones.h"
#include "fuzz/OtherKernel.h"
#include "runtime/broker/Inquiries.h"
#include "runtime/broker/Network.h"

namespace srt::fuzz {

/// The broker as it is once its command runs, under kPolicy; one for all
/// inputs. The stub listens.
broker::Broker &brokerInWorld();

/// Lets the caller end and time pass until the broker has forgotten all of an
/// input; fails if it then holds something.
void endWorld(broker::Broker &broker);

/// Takes bytes of an input apart from the front; zeros follow the end.
class Input {
public:
  explicit Input(llvm::StringRef bytes) : rest(bytes) {}
  bool isAtEnd() const { return rest.empty(); }
  uint64_t number(size_t size);
  llvm::StringRef bytes(size_t size);

private:
  llvm::StringRef rest;
};

} // namespace srt::fuzz

#endif

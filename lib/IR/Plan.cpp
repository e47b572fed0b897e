// lib/IR/Plan.cpp: spellings of the parts of a plan.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/Plan.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::ir {

llvm::StringRef spelling(Mechanism mechanism) {
  switch (mechanism) {
  case Mechanism::Landlock:
    return "landlock";
  case Mechanism::Seccomp:
    return "seccomp";
  case Mechanism::Broker:
    return "broker";
  case Mechanism::Loader:
    return "loader";
  case Mechanism::Nothing:
    return "nothing";
  }
  llvm_unreachable("unknown mechanism");
}

llvm::StringRef spelling(Exactness exactness) {
  switch (exactness) {
  case Exactness::Exact:
    return "exact";
  case Exactness::Narrower:
    return "narrower";
  case Exactness::Wider:
    return "wider";
  }
  llvm_unreachable("unknown exactness");
}

} // namespace srt::ir

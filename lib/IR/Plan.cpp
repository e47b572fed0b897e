// lib/IR/Plan.cpp: spellings of the parts of a plan.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/Plan.h"

#include "llvm/ADT/STLExtras.h"
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

llvm::StringRef spelling(Cost cost) {
  switch (cost) {
  case Cost::None:
    return "none";
  case Cost::Call:
    return "call";
  case Cost::Open:
    return "open";
  case Cost::Connect:
    return "connect";
  case Cost::Broker:
    return "broker";
  }
  llvm_unreachable("unknown cost");
}

Cost costOf(const Rule &rule, llvm::ArrayRef<Mechanism> mechanisms) {
  if (llvm::is_contained(mechanisms, Mechanism::Broker))
    return Cost::Broker;
  switch (resource(rule.actions.front())) {
  case Resource::Path:
  case Resource::Command:
    return Cost::Open;
  case Resource::Endpoint:
    return Cost::Connect;
  case Resource::Syscall:
    return Cost::Call;
  case Resource::Subject:
  case Resource::Name:
    return Cost::None;
  }
  llvm_unreachable("unknown resource");
}

std::string text(Release release) {
  return std::to_string(release.major) + "." + std::to_string(release.minor);
}

std::optional<Release> releaseNamed(llvm::StringRef name) {
  Release release;
  auto [major, minor] = name.split('.');
  if (major.getAsInteger(10, release.major) ||
      minor.getAsInteger(10, release.minor) || text(release) != name)
    return std::nullopt;
  return release;
}

llvm::StringRef spelling(Audit audit) {
  switch (audit) {
  case Audit::Quiet:
    return "quiet";
  case Audit::Denials:
    return "denials";
  }
  llvm_unreachable("unknown kind of audit");
}

std::optional<Audit> auditNamed(llvm::StringRef name) {
  for (Audit audit : {Audit::Quiet, Audit::Denials})
    if (spelling(audit) == name)
      return audit;
  return std::nullopt;
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

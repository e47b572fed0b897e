// lib/Verify/SbplModel.cpp: what a profile permits, in the policy's words.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Verify/SbplModel.h"

#include "lib/Analysis/Clauses.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::verify {

using sim::VnodeType;

namespace {
/// An operation by its index, and the leaf actions that it alone serves.
struct Operation {
  size_t index;
  uint64_t actions = 0;
};

/// How operations and actions go together; made once.
struct Table {
  struct Action {
    ir::ActionId leaf;
    std::vector<size_t> operations;
  };
  std::vector<Action> actions;
  std::vector<Operation> alone;
  std::vector<size_t> closed; // no action takes them, and none may be open
};
} // namespace

/// Operations that do what an action does although no event needs them.
static constexpr std::pair<llvm::StringLiteral, ir::ActionId> kAlone[] = {
    {"process-exec-interpreter", ir::ActionId::Exec},
    {"file-write-finderinfo", ir::ActionId::WriteMetadata},
    {"mach-task-name", ir::ActionId::Trace},
    {"process-info-pidfdinfo", ir::ActionId::Trace},
    {"process-info-pidfileportinfo", ir::ActionId::Trace},
    {"process-info-rusage", ir::ActionId::Trace},
    {"process-info-codesignature", ir::ActionId::Trace},
    {"process-info-setcontrol", ir::ActionId::Trace},
    {"process-info-dirtycontrol", ir::ActionId::Trace},
    {"process-info-ledger", ir::ActionId::Trace},
};

/// Open in every profile, by decision: ordinary programs break without them,
/// and none of them reaches a file, a socket or a process (docs/Seatbelt.md).
static constexpr llvm::StringLiteral kOpen[] = {
    "process-fork",
    "syscall-unix",
    "syscall-mach",
    "syscall-mig",
    "system-mac-syscall",
    "system-fcntl",
    "system-necp-client-action",
    "necp-client-open",
    "mach-bootstrap",
    "mach-derive-port",
    "mach-kernel-endpoint",
    "socket-ioctl",
    "socket-option-get",
    "socket-option-set",
    "process-codesigning",
    "process-exec-update-label",
    "file-lock",
    "file-map-executable",
    "dynamic-code-generation",
    "darwin-notification-post",
};

static size_t indexOf(llvm::StringRef name) {
  llvm::ArrayRef<llvm::StringRef> names = sim::operationNames();
  return size_t(llvm::find(names, name) - names.begin());
}

static Table makeTable() {
  Table table;
  std::vector<bool> isTaken(sim::operationNames().size());
  for (ir::ActionId leaf : ir::leafActions()) {
    llvm::SmallVector<llvm::StringRef, 8> names;
    sim::sbplOperationsOf(leaf).split(names, ' ', -1, /*KeepEmpty=*/false);
    Table::Action action{leaf, {}};
    for (llvm::StringRef name : names) {
      action.operations.push_back(indexOf(name));
      // No profile lets a second name be made: which of the two names is
      // judged is documented nowhere.
      isTaken[action.operations.back()] = name != "file-link";
    }
    table.actions.push_back(std::move(action));
  }
  for (auto [name, leaf] : kAlone) {
    table.alone.push_back({indexOf(name), bitOf(leaf)});
    isTaken[indexOf(name)] = true;
  }
  for (llvm::StringRef name : kOpen)
    isTaken[indexOf(name)] = true;
  for (size_t i = 0; i < isTaken.size(); ++i)
    if (!isTaken[i] && !sim::isFamily(sim::operationNames()[i]))
      table.closed.push_back(i);
  return table;
}

static const Table &table() {
  static const Table made = makeTable();
  return made;
}

std::optional<SbplModel> SbplModel::read(llvm::StringRef text,
                                         const sim::SbplParams &params,
                                         std::string &why) {
  SbplModel model;
  for (auto [vocabulary, system] :
       {std::pair(sim::SbplVocabulary::MacOs10, "10.15"),
        std::pair(sim::SbplVocabulary::MacOs14, "14.4")}) {
    auto profile = sim::readSbpl(text, params, vocabulary, why);
    if (!profile) {
      why = "macOS " + std::string(system) + " would not take it: " + why;
      return std::nullopt;
    }
    if (profile->byDefault() != false) {
      why = "the profile does not say (deny default)";
      return std::nullopt;
    }
    std::vector<bool> &known = model.known.emplace_back();
    for (llvm::StringRef name : sim::operationNames())
      known.push_back(profile->knows(name));
    model.vnodeTypes.push_back(sim::vnodeTypesIn(profile->filterTable()));
    model.profiles.push_back(std::move(*profile));
  }
  return model;
}

std::vector<const sim::SbplFilters *> SbplModel::filters() const {
  std::vector<const sim::SbplFilters *> all;
  for (const sim::SbplProfile &profile : profiles)
    all.push_back(&profile.filterTable());
  return all;
}

/// The actions of which the profile permits what they take. `permitted` is by
/// operation.
static uint64_t actionsIn(const std::vector<bool> &known,
                          const std::vector<bool> &permitted,
                          bool (*counts)(size_t permitted, size_t asked,
                                         ir::ActionId leaf)) {
  uint64_t bits = 0;
  for (const Table::Action &action : table().actions) {
    size_t asked = 0, found = 0;
    for (size_t operation : action.operations) {
      asked += known[operation];
      found += known[operation] && permitted[operation];
    }
    if (asked > 0 && counts(found, asked, action.leaf))
      bits |= bitOf(action.leaf);
  }
  return bits;
}

static bool isWhole(size_t permitted, size_t asked, ir::ActionId) {
  return permitted == asked;
}

static bool isSomething(size_t permitted, size_t asked, ir::ActionId leaf) {
  return permitted == asked ||
         (permitted > 0 && sim::isCarriedBySingleOperation(leaf));
}

/// The actions that are about that type of file.
static uint64_t fitting(VnodeType vnode) {
  return ~bitOf(vnode == VnodeType::Directory ? ir::ActionId::ReadData
                                              : ir::ActionId::ReadList);
}

void SbplModel::addFrom(size_t profile, const std::vector<bool> &permitted,
                        VnodeType vnode, SbplSays &says) const {
  uint64_t some = actionsIn(known[profile], permitted, isSomething);
  for (const Operation &operation : table().alone)
    if (permitted[operation.index] && known[profile][operation.index])
      some |= operation.actions;
  some &= fitting(vnode);
  says.anywhere |= some;
  (vnode == VnodeType::Directory ? says.asDirectory : says.asFile) |= some;
  if (vnode == VnodeType::RegularFile || vnode == VnodeType::Directory)
    says.everywhere &= actionsIn(known[profile], permitted, isWhole) |
                       ~fitting(vnode);
  for (size_t operation : table().closed)
    if (permitted[operation] && known[profile][operation])
      says.open = sim::operationNames()[operation];
}

/// _IOW('t', 114, char): types into the terminal of whoever started us.
static constexpr uint32_t kTiocsti = 0x80017472;

void SbplModel::addFor(size_t profile, const sim::SbplRequest &request,
                       Known known, SbplSays &says) const {
  static const size_t ioctl = indexOf("file-ioctl");
  const sim::SbplProfile &here = profiles[profile];
  auto knownHere = [&](uint32_t filter) { return known(profile, filter); };
  std::vector<bool> permitted =
      here.permitted(matchFilters(here.filterTable(), request, knownHere));
  addFrom(profile, permitted, request.vnode, says);
  if (!permitted[ioctl])
    return;
  sim::SbplRequest typing = request;
  typing.ioctlCommand = kTiocsti;
  permitted =
      here.permitted(matchFilters(here.filterTable(), typing, knownHere));
  if (permitted[ioctl])
    says.open = "file-ioctl TIOCSTI";
}

SbplSays SbplModel::says(sim::SbplRequest request, Known known) const {
  SbplSays says;
  says.everywhere = ~uint64_t(0);
  for (size_t i = 0; i < profiles.size(); ++i)
    for (sim::VnodeType vnode : vnodeTypes[i]) {
      request.vnode = vnode;
      addFor(i, request, known, says);
      if (request.path.empty())
        break; // it is about no file
    }
  return says;
}

SbplSays SbplModel::says(const sim::SbplRequest &request) const {
  return says(request,
              [](size_t, uint32_t) { return std::optional<bool>(); });
}

} // namespace srt::verify

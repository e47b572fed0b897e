// lib/Sim/Sbpl.h: what a Seatbelt profile permits, judged from its text.
// SPDX-License-Identifier: Apache-2.0
//
// The second opinion on the macOS backend: own reader, own operation table, own
// regular expressions, nothing from lib/Backend. It knows the part of the
// language without Scheme in it, and refuses the rest with a reason.
#ifndef SRT_LIB_SIM_SBPL_H
#define SRT_LIB_SIM_SBPL_H

#include "lib/Sim/Event.h"
#include "lib/Sim/SbplFilter.h"

namespace srt::sim {

/// Which table of operations a profile is read with.
enum class SbplVocabulary : uint8_t { MacOs10, MacOs14 };

/// A profile, ready to be asked.
class SbplProfile {
public:
  /// True if the operation is permitted on what `request` says; false for an
  /// operation that the vocabulary lacks. The rule of decision: the last rule
  /// with a filter that matches, of exactly this operation; else the last rule
  /// without a filter; else the operation's builtin; else its parent.
  bool permits(llvm::StringRef operation, const SbplRequest &request) const;

  /// True if the vocabulary has the operation.
  bool knows(llvm::StringRef operation) const;

  /// What an unfiltered rule on `default` says, if there is one.
  std::optional<bool> byDefault() const;

  /// Which operations are permitted where the filters match as `matches` has
  /// it (see matchFilters), by index into operationNames().
  std::vector<bool> permitted(const std::vector<bool> &matches) const;
  const SbplFilters &filterTable() const { return filters; }

  /// Marks the filters that can still change a decision, given what is known of
  /// them: those of rules that are not hidden behind one that holds.
  void markRelevant(const std::vector<SbplTruth> &truth,
                    std::vector<bool> &relevant) const;

private:
  friend class SbplLoader;
  struct FilteredRule {
    bool isAllow;
    uint32_t filter;
  };
  struct Rules {
    std::vector<FilteredRule> filtered; // in the order of the file
    std::optional<bool> unfiltered;     // the last one
  };
  void markRules(size_t operation, const std::vector<SbplTruth> &truth,
                 std::vector<bool> &relevant) const;

  SbplVocabulary vocabulary = SbplVocabulary::MacOs14;
  std::vector<Rules> rules; // by operation
  SbplFilters filters;
};

/// Reads a profile, with what `-D NAME=VALUE` would pass. Nothing, with a
/// reason in `why`, for a profile that is not well-formed, that macOS would not
/// compile, or that uses more of Scheme than we know.
std::optional<SbplProfile> readSbpl(llvm::StringRef text,
                                    const SbplParams &params,
                                    SbplVocabulary vocabulary,
                                    std::string &why);

/// Every operation of any vocabulary, parents before children.
llvm::ArrayRef<llvm::StringRef> operationNames();

/// True if other operations ask this one: no program does.
bool isFamily(llvm::StringRef operation);

/// The operations that a leaf action takes, joined by a space. Of those that a
/// vocabulary lacks, none is asked.
llvm::StringRef sbplOperationsOf(ir::ActionId leaf);

/// What a profile says to one event: all of the operations that it takes are
/// permitted, some are, or none.
enum class SbplVerdict : uint8_t { Denied, Partly, Permitted };

/// Judges an event. `vnode` is the type of the file, if it is about one.
/// Denied for actions that macOS does not have.
SbplVerdict evalSbpl(const SbplProfile &profile, const Event &event,
                     VnodeType vnode = VnodeType::RegularFile);

/// True if one operation alone carries out the action on macOS, so that Partly
/// means that something of it is permitted: chmod needs file-write-mode and
/// nothing else, but rename(2) needs both unlink and create.
bool isCarriedBySingleOperation(ir::ActionId leaf);

/// `path` as the kernel of macOS spells it: /tmp, /var and /etc are links.
std::string resolvedOnMac(llvm::StringRef path);

} // namespace srt::sim

#endif

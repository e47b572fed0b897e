// lib/Verify/SbplModel.h: what a profile permits, in the policy's words.
// SPDX-License-Identifier: Apache-2.0
//
// The text is read with the operations of macOS 10.15 and of 14.4, and what
// either permits counts as permitted: a profile must not depend on which it is.
#ifndef SRT_LIB_VERIFY_SBPLMODEL_H
#define SRT_LIB_VERIFY_SBPLMODEL_H

#include "lib/Sim/Sbpl.h"

namespace srt::verify {

/// What both profiles say to one request. Leaf actions are bits.
struct SbplSays {
  uint64_t anywhere = 0;    // permitted by some profile to some type of file
  uint64_t everywhere = 0;  // permitted by all profiles to files and folders
  uint64_t asFile = 0;      // permitted by some profile to what is no folder
  uint64_t asDirectory = 0; // permitted by some profile to a folder
  llvm::StringRef open;     // an operation that no profile may permit, if one
};

class SbplModel {
public:
  /// Nothing, with a reason in `why`, if one of the systems would not take it.
  static std::optional<SbplModel> read(llvm::StringRef text,
                                       const sim::SbplParams &params,
                                       std::string &why);

  /// What is known of a filter of one profile; see sim::SbplKnown.
  using Known = llvm::function_ref<std::optional<bool>(size_t profile,
                                                       uint32_t filter)>;
  /// A request with a path is looked at with each type of file that the
  /// profiles tell apart.
  SbplSays says(sim::SbplRequest request, Known known) const;
  SbplSays says(const sim::SbplRequest &request) const;

  llvm::ArrayRef<sim::SbplProfile> all() const { return profiles; }
  std::vector<const sim::SbplFilters *> filters() const;

private:
  void addFor(size_t profile, const sim::SbplRequest &request, Known known,
              SbplSays &says) const;
  void addFrom(size_t profile, const std::vector<bool> &permitted,
               sim::VnodeType vnode, SbplSays &says) const;

  std::vector<sim::SbplProfile> profiles;
  std::vector<std::vector<bool>> known;         // by profile and operation
  std::vector<std::vector<sim::VnodeType>> vnodeTypes; // by profile
};

} // namespace srt::verify

#endif

// lib/Sim/SbplWords.cpp: which filters of a profile match, for all texts at once.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/SbplWords.h"

#include "llvm/ADT/STLExtras.h"

#include <unordered_set>

namespace srt::sim {

using Kind = SbplFilter::Kind;

static bool isAbout(SbplText text, Kind kind) {
  static constexpr Kind kPaths[] = {Kind::Literal, Kind::Prefix, Kind::Subpath,
                                    Kind::Ancestors, Kind::Regex};
  static constexpr Kind kNames[] = {Kind::Name, Kind::NamePrefix,
                                    Kind::NameRegex};
  return text == SbplText::Paths ? llvm::is_contained(kPaths, kind)
                                 : llvm::is_contained(kNames, kind);
}

/// The expression of a filter on a text. Requires: isAbout some text.
static SbplRegex compiled(const SbplFilter &filter) {
  using Reach = SbplRegex::Reach;
  if (filter.regex)
    return *filter.regex;
  bool isPrefix = filter.kind == Kind::Prefix || filter.kind == Kind::NamePrefix;
  Reach reach = isPrefix                            ? Reach::Prefix
                : filter.kind == Kind::Subpath      ? Reach::Below
                : filter.kind == Kind::Ancestors    ? Reach::Ancestors
                                                    : Reach::Exactly;
  return SbplRegex::ofText(filter.text, reach);
}

void SbplWords::add(SbplRegex expression) {
  uint32_t shift = uint32_t(states.size());
  for (State &state : expression.states) {
    for (uint32_t &successor : state.successors)
      successor += shift;
    states.push_back(std::move(state));
    owner.push_back(uint32_t(starts.size()));
  }
  starts.push_back(shift + expression.start);
  for (uint32_t state = shift; state < states.size(); ++state)
    if (states[state].kind == State::Kind::Accept)
      accepts.resize(starts.size(), state);
}

/// The number of the filter's expression; equal filters share one.
uint32_t SbplWords::expressionOf(const SbplFilter &filter) {
  auto [it, isNew] = expressions.try_emplace({filter.kind, filter.text},
                                             uint32_t(starts.size()));
  if (isNew)
    add(compiled(filter));
  return it->second;
}

/// Splits the bytes into classes that no expression tells apart.
void SbplWords::cutBytes() {
  std::array<unsigned, 256> classes{};
  unsigned count = 1;
  std::unordered_set<std::bitset<256>> seen;
  for (const State &state : states) {
    if (state.kind != State::Kind::Bytes || !seen.insert(state.bytes).second)
      continue;
    std::map<std::pair<unsigned, bool>, unsigned> finer;
    for (unsigned byte = 0; byte < 256; ++byte) {
      auto key = std::pair(classes[byte], bool(state.bytes[byte]));
      classes[byte] = finer.try_emplace(key, unsigned(finer.size())).first->second;
    }
    count = unsigned(finer.size());
  }
  samples.resize(count);
  for (unsigned byte = 0; byte < 256; ++byte) {
    classOf[byte] = uint8_t(classes[byte]);
    samples[classes[byte]] = uint8_t(byte);
  }
}

/// Adds what is reached from `state` without a byte.
void SbplWords::enter(uint32_t state, At at, Set &set) {
  std::vector<uint32_t> todo = {state};
  while (!todo.empty()) {
    uint32_t next = todo.back();
    todo.pop_back();
    if (std::exchange(marks[next], time) == time)
      continue;
    const State &here = states[next];
    switch (here.kind) {
    case State::Kind::Begin:
      if (at != At::Beginning)
        continue;
      break;
    case State::Kind::End:
      if (at != At::End) {
        set.push_back(next);
        continue;
      }
      break;
    case State::Kind::Bytes:
    case State::Kind::Accept:
      set.push_back(next);
      continue;
    case State::Kind::Fork:
      break;
    }
    llvm::append_range(todo, here.successors);
  }
}

/// True for the `.` of a `.*$`: from there on every text matches.
bool SbplWords::isForever(uint32_t state) {
  const State &here = states[state];
  if (here.kind != State::Kind::Bytes || !here.bytes.all())
    return false;
  Set next, end;
  ++time;
  for (uint32_t successor : here.successors)
    enter(successor, At::Later, next);
  ++time;
  for (uint32_t each : next)
    enter(each, At::End, end);
  return llvm::is_contained(next, state) &&
         llvm::is_contained(end, accepts[owner[state]]);
}

void SbplWords::findForever() {
  for (uint32_t state = 0; state < states.size(); ++state)
    forever.push_back(isForever(state));
}

/// The expressions that match whatever follows, sorted.
SbplWords::Set SbplWords::matchedFor(const Set &set) {
  Set matched, now;
  ++time;
  for (uint32_t state : set)
    if (states[state].kind == State::Kind::End)
      enter(state, At::End, now);
  for (uint32_t state : set)
    if (states[state].kind == State::Kind::Accept ||
        (forever[state] && llvm::is_contained(now, accepts[owner[state]])))
      matched.push_back(owner[state]);
  llvm::sort(matched);
  matched.erase(llvm::unique(matched), matched.end());
  return matched;
}

/// Adds the expressions that one profile still asks for.
void SbplWords::markNeeded(size_t profile, VnodeType vnode, const Set &matched,
                           const Set &alive, std::vector<bool> &needs) const {
  auto truthOf = [&](uint32_t expression) {
    if (std::binary_search(matched.begin(), matched.end(), expression))
      return SbplTruth::True;
    return std::binary_search(alive.begin(), alive.end(), expression)
               ? SbplTruth::Unknown
               : SbplTruth::False;
  };
  const std::vector<uint32_t> &texts = byFilter[profile];
  std::vector<SbplTruth> truth;
  for (uint32_t expression : texts)
    truth.push_back(expression == kNone ? SbplTruth::Unknown
                                        : truthOf(expression));
  deduceFilters(profiles[profile].filterTable(), vnode, truth);
  std::vector<bool> relevant(texts.size());
  profiles[profile].markRelevant(truth, relevant);
  for (size_t i = 0; i < texts.size(); ++i)
    if (relevant[i] && texts[i] != kNone)
      needs[texts[i]] = true;
}

/// The expressions that are still asked for, if those of `matched` match and
/// those of `alive` may.
const std::vector<bool> &SbplWords::needed(const Set &matched,
                                           const Set &alive) {
  auto [it, isNew] = needs.try_emplace({matched, alive});
  if (!isNew)
    return it->second;
  it->second.resize(starts.size());
  for (size_t profile = 0; profile < profiles.size(); ++profile)
    for (VnodeType vnode : vnodeTypes[profile])
      markNeeded(profile, vnode, matched, alive, it->second);
  return it->second;
}

/// `set` without what can change nothing any more.
SbplWords::Set SbplWords::settled(Set set) {
  llvm::sort(set);
  set.erase(llvm::unique(set), set.end());
  Set matched = matchedFor(set), alive;
  if (matched.empty())
    return set;
  for (uint32_t state : set)
    alive.push_back(owner[state]);
  llvm::sort(alive);
  alive.erase(llvm::unique(alive), alive.end());
  const std::vector<bool> &isNeeded = needed(matched, alive);
  llvm::erase_if(set, [&](uint32_t state) {
    return !isNeeded[owner[state]] ||
           std::binary_search(matched.begin(), matched.end(), owner[state]);
  });
  for (uint32_t expression : matched)
    set.push_back(accepts[expression]);
  llvm::sort(set);
  return set;
}

SbplWords::Set SbplWords::begin(At at) {
  Set set;
  ++time;
  for (uint32_t start : starts)
    enter(start, at, set);
  return set;
}

SbplWords::Set SbplWords::step(const Set &set, uint8_t byte) {
  Set next = restart;
  ++time;
  for (uint32_t state : set) {
    const State &here = states[state];
    if (here.kind == State::Kind::Accept)
      next.push_back(state);
    else if (here.kind == State::Kind::Bytes && here.bytes[byte])
      for (uint32_t successor : here.successors)
        enter(successor, At::Later, next);
  }
  return settled(std::move(next));
}

uint32_t SbplWords::intern(Set set) {
  auto [it, isNew] = known.try_emplace(std::move(set), uint32_t(sets.size()));
  if (isNew) {
    sets.push_back(it->first);
    rows.emplace_back();
    answerOf.push_back(kNone);
  }
  return it->second;
}

SbplWords::SbplWords(llvm::ArrayRef<SbplProfile> profiles, SbplText kind)
    : profiles(profiles) {
  for (const SbplProfile &profile : profiles) {
    vnodeTypes.push_back(vnodeTypesIn(profile.filterTable()));
    byFilter.emplace_back();
    for (const SbplFilter &filter : profile.filterTable())
      byFilter.back().push_back(
          isAbout(kind, filter.kind) ? expressionOf(filter) : kNone);
  }
  marks.resize(states.size());
  findForever();
  cutBytes();
  restart = begin(At::Later);
  intern(settled(begin(At::Beginning)));
}

llvm::ArrayRef<uint32_t> SbplWords::row(uint32_t state) {
  if (!rows[state].empty())
    return rows[state];
  Set set = sets[state];
  std::bitset<256> touched;
  for (uint32_t each : set)
    if (states[each].kind == State::Kind::Bytes)
      touched |= states[each].bytes;
  std::vector<uint32_t> row;
  uint32_t other = kNone; // the same for every byte that nothing waits for
  for (uint8_t sample : samples) {
    if (touched[sample])
      row.push_back(intern(step(set, sample)));
    else
      row.push_back(other = other == kNone ? intern(step(set, sample)) : other);
  }
  rows[state] = std::move(row);
  return rows[state];
}

uint32_t SbplWords::answers(uint32_t state) {
  if (answerOf[state] != kNone)
    return answerOf[state];
  Set reached, matched;
  ++time;
  for (uint32_t each : sets[state])
    enter(each, At::End, reached);
  for (uint32_t each : reached)
    if (states[each].kind == State::Kind::Accept)
      matched.push_back(owner[each]);
  llvm::sort(matched);
  matched.erase(llvm::unique(matched), matched.end());
  auto [it, isNew] =
      answerIds.try_emplace(matched, uint32_t(answerSets.size()));
  if (isNew) {
    answerSets.emplace_back(starts.size());
    for (uint32_t expression : matched)
      answerSets.back()[expression] = true;
  }
  return answerOf[state] = it->second;
}

std::optional<bool> SbplWords::holds(uint32_t answer, size_t profile,
                                     uint32_t filter) const {
  uint32_t expression = byFilter[profile][filter];
  if (expression == kNone)
    return std::nullopt;
  return answerSets[answer][expression];
}

} // namespace srt::sim

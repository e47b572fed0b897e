// lib/Sim/BrokerModel.cpp: the tables of the broker, slowly.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/BrokerModel.h"

#include "lib/Sim/Event.h"
#include "lib/Sim/LandlockModel.h"

#include <set>

namespace srt::sim {

uint32_t actOf(ir::ActionId leaf) {
  using Id = ir::ActionId;
  static const std::map<Id, uint32_t> kActs = {
      {Id::ReadData, SRT_ACT_READ_DATA},
      {Id::ReadList, SRT_ACT_READ_LIST},
      {Id::ReadMetadata, SRT_ACT_READ_METADATA},
      {Id::WriteData, SRT_ACT_WRITE_DATA},
      {Id::WriteCreate, SRT_ACT_WRITE_CREATE},
      {Id::WriteDelete, SRT_ACT_WRITE_DELETE},
      {Id::WriteRename, SRT_ACT_WRITE_RENAME},
      {Id::WriteLink, SRT_ACT_WRITE_LINK},
      {Id::WriteMetadata, SRT_ACT_WRITE_METADATA},
      {Id::WriteSpecial, SRT_ACT_WRITE_SPECIAL},
      {Id::Ioctl, SRT_ACT_IOCTL},
      {Id::Exec, SRT_ACT_EXEC},
      {Id::Connect, SRT_ACT_CONNECT},
      {Id::Bind, SRT_ACT_BIND},
      {Id::Send, SRT_ACT_SEND}};
  auto found = kActs.find(leaf);
  return found == kActs.end() ? 0 : found->second;
}

uint32_t brokerStep(const srt_view &view, uint32_t row, uint8_t byte) {
  uint32_t from = view.rows[row].first_move;
  uint32_t to = row + 1 < view.row_count ? view.rows[row + 1].first_move
                                         : view.move_count;
  for (uint32_t i = from; i < to; ++i)
    if (view.moves[i] >> 24 == view.mediation->classes[byte])
      return view.moves[i] & 0xffffff;
  return view.rows[row].otherwise;
}

namespace {
/// What the anchors above a path say together.
struct Union {
  uint32_t allowed = 0, asked = 0, denied = 0;
  std::set<uint32_t> patterns, excepts; // indices of pairs
};
} // namespace

static void add(Union &all, const srt_view &view, const srt_label &label) {
  all.allowed |= label.allowed;
  all.asked |= label.asked;
  all.denied |= label.denied;
  const uint32_t *half = view.halves + label.first_half;
  all.patterns.insert(half, half + label.pattern_count);
  half += label.pattern_count;
  all.excepts.insert(half, half + label.except_count);
}

static void addPairs(Union &all, const srt_view &view) {
  for (uint32_t index : all.patterns) {
    const srt_pair &pair = view.pairs[index];
    if (all.excepts.count(index))
      continue;
    uint32_t &acts = pair.effect == SRT_EFFECT_ALLOW ? all.allowed
                     : pair.effect == SRT_EFFECT_ASK ? all.asked
                                                     : all.denied;
    acts |= pair.actions;
  }
}

/// The word of a path: "" or "/a/b".
static std::string wordOf(const std::vector<std::string> &components) {
  std::string word;
  for (const std::string &component : components)
    word += "/" + component;
  return word;
}

/// Where the anchor is; a command may be in several places.
static std::vector<std::string> placesOf(const Bundle &bundle,
                                         const StartValues &values,
                                         const srt_anchor &anchor) {
  const srt_place &place = anchor.place;
  llvm::StringRef text = bundle.text(place.path);
  std::vector<std::string> places;
  if (anchor.kind == SRT_ANCHOR_COMMAND) {
    for (const std::string &folder : searchPathOf(bundle, values))
      places.push_back(wordOf(componentsOf(folder)) + "/" + text.str());
    return places;
  }
  std::string front;
  if (place.base != SRT_NONE) {
    const srt_param &param = bundle.view().params[place.base];
    auto value = values.params.find(bundle.text(param.name));
    if (param.kind == SRT_PARAM_LITERAL)
      front = wordOf(componentsOf(bundle.text(param.value)));
    else if (value != values.params.end())
      front = wordOf(componentsOf(value->second));
    else
      return {}; // then nothing starts
  }
  return {front + wordOf(componentsOf(text))};
}

bool brokerPermits(const Bundle &bundle, const StartValues &values,
                   ir::ActionId leaf, llvm::StringRef path,
                   llvm::ArrayRef<std::string> arguments) {
  const srt_view &view = bundle.view();
  if (!view.mediation)
    return false;
  if ((view.mediation->actions & actOf(leaf)) == 0)
    return true;
  Union all;
  std::string word = wordOf(componentsOf(path));
  for (const std::string &argument : arguments)
    word += std::string(1, '\0') + argument;
  for (uint32_t i = 0; i < view.anchor_count; ++i)
    for (const std::string &place : placesOf(bundle, values, view.anchors[i])) {
      llvm::StringRef rest = word;
      bool isAbove = rest.consume_front(place) &&
                     (rest.empty() || rest[0] == '/' || rest[0] == '\0');
      if (!isAbove)
        continue;
      uint32_t row = view.anchors[i].row;
      for (char byte : rest)
        row = brokerStep(view, row, uint8_t(byte));
      add(all, view, view.labels[view.rows[row].label]);
    }
  addPairs(all, view);
  return (all.allowed & ~all.asked & ~all.denied & actOf(leaf)) != 0;
}

} // namespace srt::sim

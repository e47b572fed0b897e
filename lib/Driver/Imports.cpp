// lib/Driver/Imports.cpp: where imported policies are found.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Imports.h"

#include "lib/Driver/Files.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <map>

namespace srt {

namespace {
/// What a name stands for on this machine.
struct Place {
  std::string name; // as diagnostics and bundles show it
  std::string path; // as it is opened
};
} // namespace

namespace {
/// The files of one compilation: where each was opened, and which is which,
/// for one file may be imported by several paths.
struct Found {
  std::map<FileId, std::string> paths;
  std::map<llvm::sys::fs::UniqueID, FileId> files;

  void add(FileId file, const std::string &path) {
    paths[file] = path;
    llvm::sys::fs::UniqueID identity;
    if (!llvm::sys::fs::getUniqueID(path, identity))
      files.emplace(identity, file);
  }
  /// The file that was asked for is not imported by anything.
  void addRoot(FileId file, llvm::StringRef name) {
    if (!paths.count(file))
      add(file, name.str());
  }
};
} // namespace

static Place placeOf(llvm::StringRef import, llvm::StringRef importerName,
                     llvm::StringRef importerPath, llvm::StringRef stdFolder) {
  llvm::StringRef rest = import;
  if (rest.consume_front("std/"))
    return {import.str(), (stdFolder + "/" + rest).str()};
  if (llvm::sys::path::is_absolute(import))
    return {import.str(), import.str()};
  llvm::SmallString<128> name(llvm::sys::path::parent_path(importerName));
  llvm::SmallString<128> path(llvm::sys::path::parent_path(importerPath));
  llvm::sys::path::append(name, import);
  llvm::sys::path::append(path, import);
  llvm::sys::path::remove_dots(name, /*remove_dot_dot=*/true);
  return {std::string(name), std::string(path)};
}

static std::optional<FileId> readImport(Sources &sources, const Place &place,
                                        const OpenTexts &open,
                                        DiagnosticEngine &diags) {
  auto text = open.find(place.path);
  if (text != open.end())
    return sources.add(place.name, text->second);
  return readInput(sources, place.path, diags, place.name);
}

FindModule importFinder(Sources &sources, std::string stdFolder,
                        DiagnosticEngine &diags,
                        std::vector<std::string> *opened, OpenTexts open) {
  auto found = std::make_shared<Found>();
  return [&sources, stdFolder, &diags, opened, open = std::move(open),
          found](const syntax::Import &import,
                 FileId importer) -> std::optional<FileId> {
    found->addRoot(importer, sources.name(importer));
    Place place = placeOf(import.file.text, sources.name(importer),
                          found->paths[importer], stdFolder);
    llvm::sys::fs::UniqueID identity;
    bool isThere = !llvm::sys::fs::getUniqueID(place.path, identity) &&
                   !llvm::sys::fs::is_directory(place.path);
    if (!isThere) {
      diags.report(import.file.range, diag::ImportNotFound,
                   shown(import.file.text), shown(place.name, 4096));
      return std::nullopt;
    }
    if (opened && !llvm::is_contained(*opened, place.path))
      opened->push_back(place.path);
    auto known = found->files.find(identity);
    if (known != found->files.end())
      return known->second;
    std::optional<FileId> file = readImport(sources, place, open, diags);
    if (file)
      found->add(*file, place.path);
    return file;
  };
}

} // namespace srt

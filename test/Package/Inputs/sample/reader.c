/* Says for which system a bundle was compiled; exit status 1 if it is none.
 * SPDX-License-Identifier: Apache-2.0 */
#include <srt/check.h>

#include <stdio.h>

static _Alignas(8) uint8_t bytes[SRT_MAX_FILE];

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (!file)
    return 2;
  size_t size = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  struct srt_view view;
  enum srt_reason reason = srt_check_bundle(bytes, size, &view);
  if (reason != SRT_OK) {
    printf("refused: %s\n", srt_check_reason(reason));
    return 1;
  }
  printf("%u rules, for %s\n", view.rule_count,
         view.strings + view.info->target.offset);
  return 0;
}

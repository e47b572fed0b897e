" editors/vim/ftdetect/srtpolicy.vim: .srt files that are policies.
" SPDX-License-Identifier: Apache-2.0
" Subtitles have the same ending, and `srt` is their type in newer versions of
" Vim. A policy begins with one of these words, or with a comment.
autocmd BufRead,BufNewFile *.srt call s:Detect()

function! s:Detect() abort
  let l:line = nextnonblank(1)
  if l:line == 0 || getline(l:line) =~# '^\s*\(//\|/\*\|policy\>\|import\>\)'
    set filetype=srtpolicy
  endif
endfunction

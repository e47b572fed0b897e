" test/Editors/Inputs/vim-groups.vim: prints the syntax group of every word of p.srt.
" SPDX-License-Identifier: Apache-2.0
set nomore
execute 'set runtimepath^=' . fnameescape($SRT_VIM)
filetype plugin on
syntax on

" [word=group, ...]: neighbours of one group in one word are one entry.
function! GroupsOf(number) abort
  let l:words = []
  let l:before = -1
  let l:text = getline(a:number)
  for l:column in range(1, len(l:text))
    let l:letter = l:text[l:column - 1]
    let l:group = synIDattr(synID(a:number, l:column, 1), 'name')
    if l:letter =~# '\s'
      let l:before = -1
    elseif l:group ==# l:before
      let l:words[-1][0] .= l:letter
    else
      call add(l:words, [l:letter, l:group])
    endif
    if l:letter !~# '\s'
      let l:before = l:group
    endif
  endfor
  return join(map(l:words, 'v:val[0] . "=" . v:val[1]'), ' ')
endfunction

edit p.srt
let g:lines = ['p.srt: ' . &filetype]
for g:number in range(1, line('$'))
  call add(g:lines, GroupsOf(g:number))
endfor
edit subtitles.srt
call add(g:lines, 'subtitles.srt: ' . &filetype)
edit wrong.srt
silent! make
for g:item in filter(getqflist(), 'v:val.valid')
  call add(g:lines, 'quickfix ' . bufname(g:item.bufnr) . ' ' . g:item.lnum . ':' . g:item.col . ' ' . g:item.text)
endfor
call writefile(g:lines, 'groups')
quitall!

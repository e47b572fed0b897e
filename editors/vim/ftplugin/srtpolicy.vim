" editors/vim/ftplugin/srtpolicy.vim: comments, indentation and `srtc` for policies.
" SPDX-License-Identifier: Apache-2.0
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1
setlocal commentstring=//\ %s comments=s1:/*,mb:*,ex:*/,://
setlocal shiftwidth=2 softtabstop=2 expandtab cindent
" gq lays the lines out; :make lists what the compiler says.
setlocal formatprg=srtc\ fmt\ -
setlocal makeprg=srtc\ check\ %:S
setlocal errorformat=%f:%l:%c:\ %trror[E%n]:\ %m,%f:%l:%c:\ %tarning[W%n]:\ %m,%f:%l:%c:\ remark[R%n]:\ %m
let b:undo_ftplugin = 'setlocal commentstring< comments< shiftwidth< softtabstop<'
      \ . ' expandtab< cindent< formatprg< makeprg< errorformat<'

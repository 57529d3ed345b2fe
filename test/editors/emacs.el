;; What a user of Emacs does: opens a file, reads the diagnostics, hovers, takes a fix, saves.
;; Written for Emacs 28 with eglot 1.9 and newer. FILE, NODE, SERVER, PROBLEM, AWAITED and OUTCOME come from the environment.
;; Not for `-Q': that would leave out the folder where Debian keeps eglot.

(setq make-backup-files nil create-lockfiles nil auto-save-default nil)
(require 'package)
(package-initialize)
(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'project)

(add-to-list 'eglot-server-programs `(python-mode . (,(getenv "NODE") ,(getenv "SERVER") "lsp" "--stdio")))
(setq eglot-sync-connect 20
      eglot-confirm-server-initiated-edits nil
      eglot-autoshutdown t
      eglot-send-changes-idle-time 0)

(defun wait-for (what look)
  "Look again and again until LOOK sees something, and return that."
  (let ((end (+ (float-time) 20)) seen)
    (while (and (not (setq seen (funcall look))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (or seen (error "Not seen in time: %s" what))))

(defun shown ()
  "The diagnostics of this buffer.  Batch Emacs has no timers to ask for them, so this asks."
  (flymake-start)
  (mapcar
   (lambda (it)
     (let ((text (flymake-diagnostic-text it)) (begin (flymake-diagnostic-beg it)))
       (unless (string-match "\\`codeant \\[\\([^]]+\\)\\]: \\(\\(?:.\\|\n\\)*\\)\\'" text)
         (error "A diagnostic of somebody else: %s" text))
       `((line . ,(line-number-at-pos begin))
         (column . ,(save-excursion (goto-char begin) (1+ (current-column))))
         (severity . ,(string-remove-prefix "eglot-" (symbol-name (flymake-diagnostic-type it))))
         (rule . ,(match-string 1 text))
         (message . ,(match-string 2 text)))))
   (flymake-diagnostics)))

(defun all-shown ()
  "The same, as soon as what only the whole project tells is among them: it comes last."
  (let ((all (shown)))
    (and (cl-some (lambda (it) (equal (alist-get 'rule it) (getenv "AWAITED"))) all) all)))

(defun hover ()
  (let ((answer (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                                 (eglot--TextDocumentPositionParams))))
    (substring-no-properties (eglot--hover-info (plist-get answer :contents) (plist-get answer :range)))))

(defun exchange ()
  (find-file (getenv "FILE"))
  (apply #'eglot--connect (eglot--guess-contact))
  (wait-for "the server" #'eglot-current-server)
  (flymake-mode 1)
  (let ((diagnostics (wait-for "diagnostics" #'all-shown)) hover actions)
    (goto-char (point-min))
    (search-forward (getenv "PROBLEM"))
    (backward-char 8)
    (setq hover (hover))
    ;; The menu, and the user who takes its first line. Without an event of the keyboard eglot would open a window.
    (let ((last-nonmenu-event ?x))
      (cl-letf (((symbol-function 'completing-read)
                 (lambda (_prompt choices &rest _)
                   (setq actions (all-completions "" choices))
                   (car actions))))
        (eglot-code-actions (point) (point) nil t)))
    (wait-for "the repaired line" (lambda () (not (string-search (getenv "PROBLEM") (buffer-string)))))
    (eglot--signal-textDocument/didChange)
    (wait-for "the diagnostic gone" (lambda () (= (length (shown)) (1- (length diagnostics)))))
    (let ((after (shown)) (buffer (substring-no-properties (buffer-string))))
      (save-buffer)
      (eglot-shutdown (eglot-current-server))
      (with-temp-file (getenv "OUTCOME")
        (set-buffer-file-coding-system 'utf-8)
        (insert (json-encode `((diagnostics . ,(vconcat diagnostics)) (hover . ,hover) (actions . ,(vconcat actions))
                               (buffer . ,buffer) (after . ,(vconcat after)))))))))

(condition-case problem
    (progn (exchange) (kill-emacs 0))
  (error (princ (format "%S\n" problem)) (kill-emacs 1)))

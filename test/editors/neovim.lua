-- What a user of Neovim does: opens a file, reads the diagnostics, hovers, takes a fix, saves.
-- Written for 0.7 and newer. FILE, NODE, SERVER, PROBLEM, AWAITED and OUTCOME come from the environment.

local env = vim.env
local severities = { 'error', 'warning', 'info', 'hint' }

local function wait(what, look)
  local seen
  if not vim.wait(20000, function() seen = look() return seen end, 20) then error('not seen in time: ' .. what) end
  return seen
end

local function text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') .. '\n'
end

local function shown(buffer)
  local list = {}
  for _, it in ipairs(vim.diagnostic.get(buffer)) do
    local lsp = (it.user_data or {}).lsp or {}
    list[#list + 1] = {
      line = it.lnum + 1,
      column = it.col + 1,
      severity = severities[it.severity],
      rule = it.code or lsp.code,
      message = it.message,
    }
  end
  return list
end

local function exchange()
  vim.cmd('edit ' .. vim.fn.fnameescape(env.FILE))
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.start_client({
    name = 'codeant',
    cmd = { env.NODE, env.SERVER, 'lsp', '--stdio' },
    root_dir = vim.fn.getcwd(),
  })
  vim.bo[buffer].filetype = 'python'
  vim.lsp.buf_attach_client(buffer, client)
  -- What only the whole project tells comes last.
  local diagnostics = wait('diagnostics', function()
    local list = shown(buffer)
    for _, it in ipairs(list) do
      if it.rule == env.AWAITED then return list end
    end
  end)

  local line = vim.fn.search('\\V' .. env.PROBLEM, 'w')
  vim.api.nvim_win_set_cursor(0, { line, vim.fn.getline(line):find(env.PROBLEM, 1, true) + 4 })
  vim.lsp.buf.hover()
  local hover = wait('the hover', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then return text(vim.api.nvim_win_get_buf(window)) end
    end
  end)

  local actions = {}
  -- The menu, and the user who takes its first line.
  vim.ui.select = function(items, options, choose)
    for _, it in ipairs(items) do actions[#actions + 1] = options.format_item(it) end
    choose(items[1], 1)
  end
  vim.lsp.buf.code_action()
  wait('the repaired line', function() return not text(buffer):find(env.PROBLEM, 1, true) end)
  local count = #diagnostics
  wait('the diagnostic gone', function() return #vim.diagnostic.get(buffer) == count - 1 end)
  local after = shown(buffer)
  vim.cmd('write')
  vim.lsp.stop_client(client)
  wait('the server gone', function() return vim.lsp.client_is_stopped(client) end)

  local outcome = { diagnostics = diagnostics, hover = hover, actions = actions, buffer = text(buffer), after = after }
  vim.fn.writefile({ vim.fn.json_encode(outcome) }, env.OUTCOME)
end

local ok, problem = xpcall(exchange, debug.traceback)
if not ok then io.stdout:write(tostring(problem) .. '\n') end
vim.cmd(ok and 'qall!' or 'cquit 1')

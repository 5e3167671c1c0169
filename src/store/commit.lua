-- Some commits, each to one conversation, each whole or not at all, one behind the other: of each everything is checked before its first
-- write, for a script that fails midway is not rolled back. What refuses one leaves the others alone.
--
-- KEYS  1 the desk's feed             stream; field a = announcement, JSON
--       2 … for each commit its log   list; the event of version n stands at n - 1, so its length is the conversation's version
--           and behind it its state   string, JSON
--       … the indexes that members move in, or that are limited: sorted sets
--
-- ARGV  1 entries the feed keeps, about
--       2 number of commits
--       3 … for each commit
--           expected version          0: the conversation must not exist
--           state after the commit
--           how the state must begin  '': however
--           announcement
--           number of events
--           number of moves
--           limited index             its place in KEYS; 0: none. Where there is one, two more:
--             most it may have
--             most of what            'members', or 'scores': their sum
--           the events, oldest first
--           moves, three each: index (its place in KEYS), member, new score ('': it leaves)
--
-- Result  for each commit
--           1 applied
--           0 the conversation is at another version, or its state begins otherwise; nothing written
--          -1 the limited index would hold too many; nothing written
--          -2 of log and state only one is there (the other was dropped behind our back); nothing written
--          an error: one of its keys is of another type; nothing written

local call = redis.call
local feed, keep = KEYS[1], ARGV[1]
-- Indexes by place that are known to be sorted sets.
local sorted = {}

local function isError(reply) return type(reply) == 'table' and reply.err ~= nil end

local function wouldBeFull(limited, max, of, moves, over)
  local index, ofScores = KEYS[limited], of == 'scores'
  local function counted(score)
    if not score or score == '' then return 0 end
    return ofScores and tonumber(score) or 1
  end
  local full = call('ZCARD', index)
  if ofScores then
    full = 0
    local entries = call('ZRANGE', index, 0, -1, 'WITHSCORES')
    for i = 2, #entries, 2 do full = full + tonumber(entries[i]) end
  end
  for i = moves, over - 1, 3 do
    if tonumber(ARGV[i]) == limited then
      full = full + counted(ARGV[i + 2]) - counted(call('ZSCORE', index, ARGV[i + 1]))
    end
  end
  return full > tonumber(max)
end

-- An index is looked at once. Returns the error where it is none.
local function checked(place)
  if sorted[place] then return nil end
  local size = redis.pcall('ZCARD', KEYS[tonumber(place)])
  if isError(size) then return size end
  sorted[place] = true
end

-- The commit whose arguments stand from `at` on, and whose log at `place`. Returns its result, and what stands behind it.
local function commit(at, place)
  local log, state = KEYS[place], KEYS[place + 1]
  local expected, basis, limited = tonumber(ARGV[at]), ARGV[at + 2], tonumber(ARGV[at + 6])
  local events = at + (limited > 0 and 9 or 7)
  local moves = events + tonumber(ARGV[at + 4])
  local over = moves + 3 * tonumber(ARGV[at + 5])

  local version = redis.pcall('LLEN', log)
  if isError(version) then return version, over end
  if version ~= expected then
    return (version == 0) == (call('EXISTS', state) == 0) and 0 or -2, over
  end
  if basis ~= '' then
    local begins = redis.pcall('GETRANGE', state, 0, #basis - 1)
    if isError(begins) then return begins, over end
    if begins ~= basis then return 0, over end
  end
  for i = moves, over - 1, 3 do
    local problem = checked(ARGV[i])
    if problem then return problem, over end
  end
  if limited > 0 then
    local problem = checked(ARGV[at + 6])
    if problem then return problem, over end
    if wouldBeFull(limited, ARGV[at + 7], ARGV[at + 8], moves, over) then return -1, over end
  end

  -- The feed first: it is the one key not looked at above, and where memory is short this refuses before anything is written.
  call('XADD', feed, 'MAXLEN', '~', keep, '*', 'a', ARGV[at + 3])
  call('SET', state, ARGV[at + 1])
  -- Lua's stack takes some thousand values at once.
  for i = events, moves - 1, 1000 do call('RPUSH', log, unpack(ARGV, i, math.min(i + 999, moves - 1))) end
  for i = moves, over - 1, 3 do
    local index, member, score = KEYS[tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2]
    if score == '' then call('ZREM', index, member) else call('ZADD', index, score, member) end
  end
  return 1, over
end

local results, at = {}, 3
for n = 1, tonumber(ARGV[2]) do results[n], at = commit(at, 2 * n) end
return results

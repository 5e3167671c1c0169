-- One commit to one conversation, whole or not at all: everything is checked before the first write, for a script that fails
-- midway is not rolled back.
--
-- KEYS  1 log of the conversation     list; the event of version n stands at n - 1, so its length is the conversation's version
--       2 its state                   string, JSON
--       3 the desk's feed             stream; field a = announcement, JSON
--       4 …                           the indexes that members move in, and the index that is limited: sorted sets
--
-- ARGV  1 expected version            0: the conversation must not exist
--       2 state after the commit
--       3 announcement
--       4 entries the feed keeps, about
--       5 number of events n
--       6 limited index               its place in KEYS; 0: none
--       7 most it may have
--       8 most of what                'members', or 'scores': their sum
--       9 how the state must begin    '': however
--       10 … 9 + n                    the events, oldest first
--       10 + n …                      moves, three each: index (its place in KEYS), member, new score ('': it leaves)
--
-- Result  1 applied
--         0 the conversation is at another version, or its state begins otherwise; nothing written
--        -1 the limited index would hold too many; nothing written
--        -2 of log and state only one is there (the other was dropped behind our back); nothing written

local log, state, feed = KEYS[1], KEYS[2], KEYS[3]
local expected = tonumber(ARGV[1])
local version = redis.call('LLEN', log)
local moves = 10 + tonumber(ARGV[5])
local basis = ARGV[9]

if version ~= expected then
  if (version == 0) == (redis.call('EXISTS', state) == 0) then return 0 end
  return -2
end
if basis ~= '' and redis.call('GETRANGE', state, 0, #basis - 1) ~= basis then return 0 end

local limited = tonumber(ARGV[6])
if limited > 0 then
  local index, ofScores = KEYS[limited], ARGV[8] == 'scores'
  local function counted(score)
    if not score or score == '' then return 0 end
    return ofScores and tonumber(score) or 1
  end
  local full = redis.call('ZCARD', index)
  if ofScores then
    full = 0
    local entries = redis.call('ZRANGE', index, 0, -1, 'WITHSCORES')
    for i = 2, #entries, 2 do full = full + tonumber(entries[i]) end
  end
  for i = moves, #ARGV, 3 do
    if tonumber(ARGV[i]) == limited then
      full = full + counted(ARGV[i + 2]) - counted(redis.call('ZSCORE', index, ARGV[i + 1]))
    end
  end
  if full > tonumber(ARGV[7]) then return -1 end
end
-- A key of another type must be met before anything is written.
for i = 4, #KEYS do redis.call('ZCARD', KEYS[i]) end

-- The feed first: it is the one key not looked at above, and where memory is short this refuses before the others write.
redis.call('XADD', feed, 'MAXLEN', '~', ARGV[4], '*', 'a', ARGV[3])
redis.call('SET', state, ARGV[2])
-- Lua's stack takes some thousand values at once.
for i = 10, moves - 1, 1000 do redis.call('RPUSH', log, unpack(ARGV, i, math.min(i + 999, moves - 1))) end
for i = moves, #ARGV, 3 do
  local index, member, score = KEYS[tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2]
  if score == '' then redis.call('ZREM', index, member) else redis.call('ZADD', index, score, member) end
end
return 1

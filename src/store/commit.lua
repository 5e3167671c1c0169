-- One commit to one conversation, whole or not at all: everything is checked before the first write, for a script that fails
-- midway is not rolled back.
--
-- KEYS  1 state of the conversation   hash {v = version, s = state as JSON}
--       2 its log                     list; the event of version n stands at n - 1
--       3 the desk's feed             stream; field a = announcement as JSON
--       4 …                           the indexes that members move in, and the index that is limited: sorted sets
--
-- ARGV  1 expected version            0: the conversation must not exist
--       2 version after the commit
--       3 state
--       4 announcement
--       5 entries the feed keeps, about
--       6 number of events n
--       7 limited index               its place in KEYS; 0: none
--       8 most members it may have
--       9 … 8 + n                     the events, oldest first
--       9 + n …                       moves, three each: index (its place in KEYS), member, new score ('': it leaves)
--
-- Result  1 applied
--         0 the conversation is at another version; nothing written
--        -1 the limited index would hold too many; nothing written
--        -2 state and log do not fit together; nothing written

local state, log, feed = KEYS[1], KEYS[2], KEYS[3]
local expected, events = tonumber(ARGV[1]), tonumber(ARGV[6])
local moves = 9 + events

if tonumber(redis.call('HGET', state, 'v') or 0) ~= expected then return 0 end
if redis.call('LLEN', log) ~= expected then return -2 end

local limited = tonumber(ARGV[7])
if limited > 0 then
  local size = redis.call('ZCARD', KEYS[limited])
  for i = moves, #ARGV, 3 do
    if tonumber(ARGV[i]) == limited then
      if ARGV[i + 2] ~= '' then size = size + 1 end
      if redis.call('ZSCORE', KEYS[limited], ARGV[i + 1]) then size = size - 1 end
    end
  end
  if size > tonumber(ARGV[8]) then return -1 end
end
-- A key of another type must be met before anything is written.
for i = 4, #KEYS do redis.call('ZCARD', KEYS[i]) end

-- The feed first: it is the one key not looked at above, and where memory is short this refuses before the others write.
redis.call('XADD', feed, 'MAXLEN', '~', ARGV[5], '*', 'a', ARGV[4])
redis.call('HSET', state, 'v', ARGV[2], 's', ARGV[3])
-- Lua's stack takes some thousand values at once.
for i = 9, moves - 1, 1000 do redis.call('RPUSH', log, unpack(ARGV, i, math.min(i + 999, moves - 1))) end
for i = moves, #ARGV, 3 do
  local index, member, score = KEYS[tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2]
  if score == '' then redis.call('ZREM', index, member) else redis.call('ZADD', index, score, member) end
end
return 1

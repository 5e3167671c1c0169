-- Takes one log away with all that belongs to it, whole or not at all: everything is checked before the first write.
--
-- KEYS  1 log                         list
--       2 its state                   string
--       3 the desk's feed             stream; field a = announcement, JSON
--       4 …                           the indexes that it stands in: sorted sets
--
-- ARGV  1 expected version
--       2 announcement
--       3 entries the feed keeps, about
--       4 …                           places, two each: index (its place in KEYS), member
--
-- Result  1 removed
--         0 the log is at another version; nothing removed

if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
-- A key of another type must be met before anything is written.
for i = 4, #KEYS do redis.call('ZCARD', KEYS[i]) end

-- The feed first: where memory is short this refuses before the others write.
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[3], '*', 'a', ARGV[2])
for i = 4, #ARGV, 2 do redis.call('ZREM', KEYS[tonumber(ARGV[i])], ARGV[i + 1]) end
redis.call('DEL', KEYS[1], KEYS[2])
return 1

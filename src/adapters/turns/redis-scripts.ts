import type { TurnTimes } from './turns.ts';

/**
 * The scripts of a turn. A chat is one hash, so that a cluster has nothing to keep together:
 * `L` token of the holder, `U` until when (ms), `N` the update it has, `C` how many holders vanished over it before; `S` sealed state, `E` until when; `P` until when a secret is
 * expected; `D` token of the last turn that was finished; `Q` set while updates of the chat wait in the inbox;
 * `W` tokens of holders whose time was up, behind commas, until a turn after them has ended; `M` how many fields make it worth to look for old ones;
 * and a field for each update that was done: its key (small letters and digits), with the second it was done in.
 * Times are the server's. What never changes is written into the scripts: it need not travel.
 */
export function turnScripts(times: TurnTimes): {
  take: string;
  finish: string;
  renew: string;
  abandon: string;
  queue: string;
  forget: string;
} {
  const now = `local t=redis.call('TIME') local now=t[1]*1000+math.floor(t[2]/1000)`;
  return {
    // ARGV: token, update; 1 from the inbox. Answers 0 for a repeat, -1 where it belongs behind what waits in the inbox, the holder's
    // remaining ms when busy, else {state, secret, deaths, the tokens of holders whose time was up}.
    take: `local k,v=KEYS[1],redis.call('HMGET',KEYS[1],ARGV[2],'L','U','S','E','P','N','C','Q','W')
if v[1] then return 0 end
if v[9] and not ARGV[3] then return -1 end
${now}
if v[2] and v[2]~=ARGV[1] and tonumber(v[3])>now then return tonumber(v[3])-now end
local deaths=0
if v[2] and v[7]==ARGV[2] then deaths=tonumber(v[8] or 0) if v[2]~=ARGV[1] then deaths=deaths+1 end end
if deaths>0 then redis.call('HSET',k,'C',deaths) elseif v[8] then redis.call('HDEL',k,'C') end
local gone=v[10]
if v[2] and v[2]~=ARGV[1] then gone=(gone and gone..',' or '')..v[2] redis.call('HSET',k,'W',gone) end
redis.call('HSET',k,'L',ARGV[1],'U',now+${times.lockMs},'N',ARGV[2])
if redis.call('PTTL',k)<0 then redis.call('PEXPIRE',k,${times.memoryMs}) end
return {v[4] and tonumber(v[5])>now and v[4],v[6] and tonumber(v[6])>now and 1 or 0,deaths,gone}`,

    // ARGV: token; what to do (k keep, d drop, s set), the secret (- as it was, 0, 1), then the state's bytes; the state's ms.
    finish: `local k,v=KEYS[1],redis.call('HMGET',KEYS[1],'L','N','D','M')
if v[1]~=ARGV[1] then return v[3]==ARGV[1] and 1 or 0 end
${now}
local what,secret=string.sub(ARGV[2],1,1),string.sub(ARGV[2],2,2)
redis.call('HDEL',k,'L','U','N','C','W')
redis.call('HSET',k,'D',ARGV[1],v[2],t[1])
if what=='s' then redis.call('HSET',k,'S',string.sub(ARGV[2],3),'E',now+(ARGV[3] or ${times.stateMs})) end
if what=='d' then redis.call('HDEL',k,'S','E') end
if secret=='1' then redis.call('HSET',k,'P',now+${times.secretMs}) end
if secret=='0' then redis.call('HDEL',k,'P') end
redis.call('PEXPIRE',k,${times.memoryMs})
if redis.call('HLEN',k)>tonumber(v[4] or 64) then
 local all,kept=redis.call('HGETALL',k),0
 for i=1,#all,2 do
  if string.find(all[i],'^[0-9a-z]') and t[1]-all[i+1]>${times.memoryMs / 1000} then redis.call('HDEL',k,all[i]) else kept=kept+1 end
  if all[i]=='E' and tonumber(all[i+1])<now then redis.call('HDEL',k,'S','E') end
 end
 redis.call('HSET',k,'M',math.max(64,kept*2))
end
return 1`,

    renew: `if redis.call('HGET',KEYS[1],'L')~=ARGV[1] then return 0 end
${now}
redis.call('HSET',KEYS[1],'U',now+${times.lockMs}) return 1`,

    abandon: `if redis.call('HGET',KEYS[1],'L')==ARGV[1] then redis.call('HDEL',KEYS[1],'L','U','N','C') end return 1`,

    // ARGV: 1 where updates wait in the inbox, 0 where none does any more.
    queue: `if ARGV[1]=='0' then redis.call('HDEL',KEYS[1],'Q') return 1 end
redis.call('HSET',KEYS[1],'Q',1)
if redis.call('PTTL',KEYS[1])<0 then redis.call('PEXPIRE',KEYS[1],${times.memoryMs}) end
return 1`,

    // ARGV: the update behind a letter, since ioredis takes a number behind a key for a count of keys; the second since when it is kept; 1:
    // whatever came since. Answers 1 where it was forgotten, 0 where it was not remembered, -1 where the chat has gone on.
    forget: `local k,update=KEYS[1],string.sub(ARGV[1],2)
${now}
local all,at=redis.call('HGETALL',k),redis.call('HGET',k,update)
for i=1,#all,2 do
 if ARGV[3] then break end
 if all[i]=='U' and tonumber(all[i+1])>now then return -1 end
 if string.find(all[i],'^[0-9a-z]') and all[i]~=update then
  local other=tonumber(all[i+1])
  if at and other>=tonumber(at) or not at and other>tonumber(ARGV[2]) then return -1 end
 end
end
return redis.call('HDEL',k,update)`,
  };
}

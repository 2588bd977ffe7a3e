import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import { carryToken } from '../api/client.ts'

/** Someone who has signed in. */
export interface SignedIn {
  readonly token: string
  /** As the provider calls them; null for a key. */
  readonly name: string | null
  /** When the token ends, in milliseconds since 1970; null when nobody said. */
  readonly until: number | null
  /** Where signing out goes on; null when it ends here. */
  readonly end: string | null
}

/** Who is signed in: the token lives in memory only and is gone with the page. */
export interface Session {
  readonly token: string | null
  readonly name: string | null
  /** Someone was signed in until the token ended: offer to sign in again, and keep what was typed. */
  readonly expired: boolean
  readonly signIn: (who: SignedIn | string) => void
  /** Ends with a fresh page: nothing of what was asked stays for the next person. */
  readonly signOut: () => void
  /** The service no longer takes the token. */
  readonly expire: () => void
  /** The screen from which someone went to sign in. */
  readonly back: string
  readonly setBack: (address: string) => void
}

const SessionContext = createContext<Session | null>(null)

export const useSession = () => useContext(SessionContext) as Session

/** The longest wait a browser's timer can count. */
const LONGEST = 2 ** 31 - 1

/** Holds the session for everything inside. */
export function SessionProvider({ children }: { children: React.ReactNode }) {
  const [who, setWho] = useState<SignedIn | null>(null)
  const [expired, setExpired] = useState(false)
  const [back, setBack] = useState('/')
  const session = useMemo(() => {
    const expire = () => change(null, true)
    const change = (next: SignedIn | null, ended: boolean) => {
      carryToken(next?.token ?? null, expire)
      setWho(next)
      setExpired(ended)
    }
    return {
      token: who?.token ?? null,
      name: who?.name ?? null,
      signIn: (next: SignedIn | string) =>
        change(typeof next === 'string' ? withKey(next) : next, false),
      signOut: () => location.assign(who?.end ?? '/'),
      expire,
    }
  }, [who])
  const { expire } = session
  useEffect(() => {
    if (who?.until == null) return
    const left = Math.min(Math.max(who.until - Date.now(), 0), LONGEST)
    const timer = setTimeout(expire, left)
    return () => clearTimeout(timer)
  }, [who, expire])
  return <SessionContext value={{ ...session, expired, back, setBack }}>{children}</SessionContext>
}

const withKey = (token: string): SignedIn => ({ token, name: null, until: null, end: null })

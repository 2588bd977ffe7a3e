import { createContext, useContext, useState } from 'react'

/** Who is signed in: the token lives in memory only and is gone with the page. */
export interface Session {
  readonly token: string | null
  readonly signIn: (token: string) => void
  readonly signOut: () => void
}

const SessionContext = createContext<Session>({ token: null, signIn: () => {}, signOut: () => {} })

export const useSession = () => useContext(SessionContext)

/** Holds the session for everything inside. */
export function SessionProvider({ children }: { children: React.ReactNode }) {
  const [token, setToken] = useState<string | null>(null)
  const session = { token, signIn: setToken, signOut: () => setToken(null) }
  return <SessionContext value={session}>{children}</SessionContext>
}

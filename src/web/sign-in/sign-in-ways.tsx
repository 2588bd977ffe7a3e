import { Button, PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { checkToken } from '../api/decisions.ts'
import { signInWays } from '../api/queries.ts'
import { useSession } from '../shell/session.tsx'
import { Fetched } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { ProviderWay } from './provider-way.tsx'

/** The ways to sign in here; `done` once someone has. */
export default function SignInWays({ done }: { done: () => void }) {
  const { w } = useWords()
  const query = useQuery(signInWays)
  return (
    <Fetched query={query}>
      {({ provider, keys }) => (
        <>
          {provider !== null && <ProviderWay provider={provider} done={done} />}
          {provider === null && keys && <KeyForm done={done} />}
          {provider !== null && keys && (
            <details className="more">
              <summary>{w.signIn.withKey}</summary>
              <KeyForm done={done} />
            </details>
          )}
          {provider === null && !keys && <p>{w.signIn.absent}</p>}
        </>
      )}
    </Fetched>
  )
}

function KeyForm({ done }: { done: () => void }) {
  const { w, language } = useWords()
  const { signIn } = useSession()
  const [key, setKey] = useState('')
  const [error, setError] = useState<string | null>(null)
  const submit = async (event: React.FormEvent) => {
    event.preventDefault()
    const state = await checkToken(key.trim(), language)
    if (state === 'refused') return setError(w.signIn.bad)
    if (state === 'failed') return setError(w.common.failedHelp)
    signIn(key.trim())
    done()
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <PasswordInput
        label={w.signIn.key}
        description={w.signIn.help}
        error={error}
        errorProps={{ role: 'alert' }}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        autoComplete="off"
        required
        maw="30rem"
        mb="md"
      />
      <Button type="submit">{w.signIn.submit}</Button>
    </form>
  )
}

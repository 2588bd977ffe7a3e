import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { checkKey } from '../api/decisions.ts'
import { useWords } from '../words/use-words.ts'
import { Screen } from './screen.tsx'
import { useSession } from './session.tsx'

/** Signing in with the key of an office. */
export default function SignInScreen() {
  const { w } = useWords()
  const { signIn } = useSession()
  const [, go] = useLocation()
  const [key, setKey] = useState('')
  const [error, setError] = useState<string | null>(null)
  const submit = async (event: React.FormEvent) => {
    event.preventDefault()
    const state = await checkKey(key.trim())
    if (state === 'absent') return setError(w.signIn.absent)
    if (state === 'refused') return setError(w.signIn.bad)
    if (state === 'failed') return setError(w.common.failedHelp)
    signIn(key.trim())
    go('/')
  }
  return (
    <Screen title={w.signIn.title}>
      <form className="card" onSubmit={(event) => void submit(event)}>
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
    </Screen>
  )
}

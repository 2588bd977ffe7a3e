import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link, Router, useRoute } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { queryClient } from '../api/queries.ts'
import { useAskBeforeLeaving } from '../household/ask-before-leaving.ts'
import { AskedProvider } from '../household/asked.tsx'
import { LanguageContext, useWords } from '../words/use-words.ts'
import { usePlaces } from './places.ts'
import { type Preferences, usePreferences } from './preferences.tsx'
import { Routes } from './routes.tsx'
import { SessionProvider, useSession } from './session.tsx'
import { SignInLink } from './sign-in-link.tsx'
import { theme } from './theme.ts'

/** The frame around every screen, with what all screens share. */
export function AppShell() {
  const [preferences, change] = usePreferences()
  return (
    <MantineProvider theme={theme} forceColorScheme="light">
      <QueryClientProvider client={queryClient}>
        <LanguageContext value={preferences.language}>
          <SessionProvider>
            <AskedProvider>
              <Router hook={useHashLocation}>
                <Frame preferences={preferences} change={change} />
              </Router>
            </AskedProvider>
          </SessionProvider>
        </LanguageContext>
      </QueryClientProvider>
    </MantineProvider>
  )
}

interface FrameProps {
  readonly preferences: Preferences
  readonly change: (change: Partial<Preferences>) => void
}

function Frame(props: FrameProps) {
  const { w } = useWords()
  const main = useRef<HTMLElement>(null)
  useAskBeforeLeaving()
  usePlaces()
  return (
    <>
      {/* A button: the address after # is the screen's own. */}
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {w.skip}
      </button>
      <header className="frame-head">
        <div>
          <Link className="brand" href="/">
            惠民 Huimin
          </Link>
          <nav aria-label={w.menu}>
            <NavLink href="/" path="/" label={w.nav.household} />
            <NavLink href="/answer" path="/answer" label={w.nav.answer} />
            <NavLink href="/interview" path="/interview" label={w.nav.interview} />
            <NavLink href="/rules" path="/rules/*?" label={w.nav.rules} />
            <NavLink href="/documents" path="/documents/*?" label={w.nav.documents} />
            <NavLink href="/decisions" path="/decisions/*?" label={w.nav.decisions} />
            <NavLink href="/screenings" path="/screenings/*?" label={w.nav.screenings} />
          </nav>
          <Settings {...props} />
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Routes />
      </main>
    </>
  )
}

function NavLink({ href, path, label }: { href: string; path: string; label: string }) {
  const [current] = useRoute(path)
  return (
    <Link href={href} aria-current={current ? 'page' : undefined}>
      {label}
    </Link>
  )
}

function Settings({ preferences, change }: FrameProps) {
  const { w } = useWords()
  const { language, largeType, highContrast } = preferences
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <div className="row">
      <Pressed pressed={largeType} press={() => change({ largeType: !largeType })}>
        {w.settings.largeType}
      </Pressed>
      <Pressed pressed={highContrast} press={() => change({ highContrast: !highContrast })}>
        {w.settings.highContrast}
      </Pressed>
      <button
        type="button"
        className="setting"
        lang={other === 'en' ? 'en' : 'zh-Hans'}
        onClick={() => change({ language: other })}
      >
        {w.settings.language}
      </button>
      <SignedIn />
    </div>
  )
}

function Pressed({ pressed, press, children }: PressedProps) {
  return (
    <button type="button" className="setting" aria-pressed={pressed} onClick={press}>
      {children}
    </button>
  )
}
interface PressedProps {
  readonly pressed: boolean
  readonly press: () => void
  readonly children: React.ReactNode
}

function SignedIn() {
  const { w } = useWords()
  const { token, name, signOut } = useSession()
  if (token === null) return <SignInLink />
  return (
    <>
      {name !== null && <span className="who">{name}</span>}
      <button type="button" className="setting" onClick={signOut}>
        {w.settings.signOut}
      </button>
    </>
  )
}

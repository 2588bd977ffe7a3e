import '@mantine/core/styles.css'
import './shell/page.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { AppShell } from './shell/app-shell.tsx'
import { noteReturned } from './sign-in/attempt.ts'

noteReturned()

createRoot(document.getElementById('page') as HTMLElement).render(
  <StrictMode>
    <AppShell />
  </StrictMode>,
)

import { registerCommand } from './register.js'
export const impactCommand = registerCommand

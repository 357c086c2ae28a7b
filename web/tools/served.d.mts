import type { ChildProcess } from 'node:child_process'

export interface Served { address: string; server: ChildProcess; stop: () => Promise<void> }
export interface Entered { cookie: string; password: string }
export function serve(data: string): Promise<Served>
export function serveFiles(folder: string): Promise<{ address: string; stop: () => Promise<void> }>
export function enter(address: string, name: string, password: string, fresh: string): Promise<Entered>
export function readSheet(text: string): Map<string, { password: string; name: string }>

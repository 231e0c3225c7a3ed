/** The chapters of the help page; each step is a text `help:<id>.<step>`. */
export const sections = [
  { id: 'joining', steps: ['link', 'check', 'allow', 'name', 'wait'] },
  { id: 'starting', steps: ['now', 'plan', 'invite', 'lobby', 'moderate'] },
  { id: 'microphone', steps: ['muted', 'busy', 'permission', 'chosen', 'echo'] },
  { id: 'browsers', steps: ['yandex', 'firefox', 'safari', 'iphone', 'windows', 'versions'] },
  { id: 'slow', steps: ['video', 'cable', 'neighbours', 'reload'] },
  { id: 'network', steps: ['address', 'websocket', 'udp', 'inspection', 'outside', 'check'] },
  { id: 'account', steps: ['slip', 'password', 'mistake'] },
] as const;

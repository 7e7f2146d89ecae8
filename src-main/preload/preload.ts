/** Gives a page its two functions as `window.hookline`, and nothing else of Electron. */
import { contextBridge, ipcRenderer } from 'electron';
import { createBridge } from './bridge.ts';

contextBridge.exposeInMainWorld('hookline', createBridge(ipcRenderer));

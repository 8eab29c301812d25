/** The place where the gallery shows a ZIP that is made, whatever becomes of the selection. What fills it is loaded with the ZIP. */

import { signal } from "@preact/signals";
import type { ComponentChild } from "preact";

export const zipShown = signal<ComponentChild>(null);

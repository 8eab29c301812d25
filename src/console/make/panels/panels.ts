/** The panels of the composer: one part of the console, which is loaded when the first of them opens. */

import "./panels.css";

export { ModelPanel } from "./model-panel.tsx";
export { OptionsPanel } from "./options-panel.tsx";
export { SizePanel } from "./size-panel.tsx";

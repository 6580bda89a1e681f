import { rehearseOn } from "./rehearsal";

rehearseOn("azure");

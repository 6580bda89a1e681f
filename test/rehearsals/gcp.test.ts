import { rehearseOn } from "./rehearsal";

rehearseOn("gcp");

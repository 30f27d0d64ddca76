// All of nutgraf. Programs that care for the time they take to compile include what they use.
//
//   #include "nutgraf/nutgraf.h"

#ifndef NUTGRAF_NUTGRAF_H_
#define NUTGRAF_NUTGRAF_H_

#include "nutgraf/document.h"
#include "nutgraf/document_reader.h"
#include "nutgraf/english.h"
#include "nutgraf/entity_recognizer.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/headed_name_matcher.h"
#include "nutgraf/json_writer.h"
#include "nutgraf/mention.h"
#include "nutgraf/mention_resolver.h"
#include "nutgraf/name_parts.h"
#include "nutgraf/offsets.h"
#include "nutgraf/pattern_matcher.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/quantity.h"
#include "nutgraf/quantity_extractor.h"
#include "nutgraf/quantity_units.h"
#include "nutgraf/sentence.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/span.h"
#include "nutgraf/string_pool.h"
#include "nutgraf/tagger_model.h"
#include "nutgraf/tagger_trainer.h"
#include "nutgraf/text_report.h"
#include "nutgraf/time_expression.h"
#include "nutgraf/time_extractor.h"
#include "nutgraf/token.h"
#include "nutgraf/tokenizer.h"
#include "nutgraf/version.h"

#endif  // NUTGRAF_NUTGRAF_H_

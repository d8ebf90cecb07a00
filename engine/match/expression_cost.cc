#include "match/expression_cost.h"

#include <climits>
#include <cstdlib>

#include "match/expression.h"
#include "match/hyperscan.h"

namespace sdkprint {
namespace {

std::string take_message(hs_compile_error_t* error) {
  std::string message = error->message;
  hs_free_compile_error(error);
  return message;
}

}  // namespace

ExpressionCost expression_cost(const Pattern& pattern, Surface surface) {
  ExpressionCost cost;
  const std::string text = expression(pattern, surface);
  const unsigned flags = is_caseless(pattern) ? HS_FLAG_CASELESS : 0;
  hs_compile_error_t* error = nullptr;
  hs_expr_info_t* info = nullptr;
  hs_error_t code = hs_expression_info(text.c_str(), flags, &info, &error);
  if (code == HS_COMPILER_ERROR) {
    cost.refused = take_message(error);
    return cost;
  }
  hyperscan::check(code, "hs_expression_info");
  cost.is_bounded = info->max_width != UINT_MAX;
  std::free(info);
  hs_database_t* database = nullptr;
  code = hs_compile(text.c_str(), flags, HS_MODE_BLOCK, nullptr, &database, &error);
  if (code == HS_COMPILER_ERROR) {
    cost.refused = take_message(error);
    return cost;
  }
  hyperscan::check(code, "hs_compile");
  const hyperscan::Database owner(database);
  hyperscan::check(hs_database_size(database, &cost.bytes), "hs_database_size");
  return cost;
}

}  // namespace sdkprint

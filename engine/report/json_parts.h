#pragma once
// The parts that the JSON of reports consists of. Shared by the writers; not for others.
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace sdkprint {

using Json = nlohmann::ordered_json;

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

inline Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

template <typename T, typename ToJson>
Json list(const std::vector<T>& items, ToJson to_json) {
  Json array = Json::array();
  for (const T& item : items) array.push_back(to_json(item));
  return array;
}

}  // namespace sdkprint
